"""A server's folders over SFTP: one connection, and channels in it that several threads use beside each other."""

from __future__ import annotations

import contextlib
import posixpath
import secrets
import stat
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from engine.files.edition import Edition
from engine.files.remote.faults import broken
from engine.files.remote.ssh import options
from engine.files.remote.url import HOME
from engine.files.write import TEMPORARY_PREFIX

if TYPE_CHECKING:
    from engine.files.write import Buffer

CHANNELS = 8
"""At once: OpenSSH allows ten of them in a connection."""
ANSWERS_WITHIN = 30.0
PIECE = 32 << 10
"""Bytes that one answer holds."""
SECOND = 1_000_000_000


class Sftp:
    """One server; for any thread."""

    def __init__(self, authority: str) -> None:
        """Connects."""
        from fsspec.implementations.sftp import SFTPFileSystem

        self._fs: Any = SFTPFileSystem(**options(authority), skip_instance_cache=True)
        self._fs.client.get_transport().set_keepalive(ANSWERS_WITHIN)
        self._free: list[Any] = [self._fs.ftp]
        self._changed = threading.Condition()
        self._open = 1
        self._made: set[str] = set()

    def listed(self, path: str) -> list[tuple[str, Edition | None]]:
        """Links are told as what they lead to."""
        with self._channel() as ftp:
            folder = _there(path)
            return [
                (each.filename, _edition(_followed(ftp, posixpath.join(folder, each.filename), each)))
                for each in ftp.listdir_attr(folder)
                if not _odd(each)
            ]

    def look(self, path: str) -> Edition | None:
        """As `System.look`."""
        with self._channel() as ftp:
            return _edition(ftp.stat(_there(path)))

    def read(self, path: str, start: int, end: int) -> bytes:
        """As `System.read`: all pieces are asked for at once, and come one after another."""
        with self._channel() as ftp, ftp.open(_there(path), "rb") as file:
            pieces = [(at, min(PIECE, end - at)) for at in range(start, end, PIECE)]
            return b"".join(file.readv(pieces))

    def write(self, path: str, data: Buffer, *, replaces: bool) -> None:
        """As `System.write`: under a name that nobody looks for, until it is whole."""
        there = _there(path)
        folder = posixpath.dirname(there)
        with self._channel() as ftp:
            if folder not in self._made:
                _make_folders(ftp, folder)
                self._made.add(folder)
            temporary = posixpath.join(folder, f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
            try:
                ftp.putfo(BytesIO(data), temporary)
                _rename(ftp, temporary, there, replaces=replaces)
            except BaseException:
                with contextlib.suppress(Exception):
                    ftp.remove(temporary)
                raise

    def remove(self, path: str) -> None:
        """As `System.remove`."""
        with self._channel() as ftp:
            ftp.remove(_there(path))

    @contextlib.contextmanager
    def _channel(self) -> Iterator[Any]:
        """One that nobody else uses meanwhile; one that broke is not used again."""
        with self._changed:
            self._changed.wait_for(lambda: self._free or self._open < CHANNELS)
            ftp = self._free.pop() if self._free else None
            self._open += ftp is None
        try:
            if ftp is None:
                ftp = self._fs.client.open_sftp()
            ftp.get_channel().settimeout(ANSWERS_WITHIN)
            yield ftp
        except BaseException as error:
            whole = isinstance(error, OSError) and not broken(error) and self._fs.client.get_transport().is_active()
            self._give_back(ftp if whole else None)
            if not whole and isinstance(error, Exception) and not broken(error):
                # Its own words for that are several, and some are those of any error of a file.
                raise ConnectionResetError("the connection was lost") from error
            raise
        self._give_back(ftp)

    def _give_back(self, ftp: Any) -> None:
        with self._changed:
            if ftp is None:
                self._open -= 1
            else:
                self._free.append(ftp)
            self._changed.notify()


def _there(path: str) -> str:
    """As the server takes it: from its root, or from the person's own folder."""
    if path == HOME or path.startswith(HOME + "/"):
        return path[len(HOME) + 1 :] or "."
    return path


def _edition(facts: Any) -> Edition | None:
    if stat.S_ISDIR(facts.st_mode):
        return None
    return Edition(facts.st_size, int(facts.st_mtime) * SECOND)


def _odd(facts: Any) -> bool:
    """Whether it is neither file, folder nor link."""
    return stat.S_IFMT(facts.st_mode) not in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)


def _followed(ftp: Any, path: str, facts: Any) -> Any:
    if stat.S_ISLNK(facts.st_mode):
        with contextlib.suppress(OSError):
            return ftp.stat(path)
    return facts


def _exists(ftp: Any, path: str) -> bool:
    try:
        ftp.lstat(path)
    except FileNotFoundError:
        return False
    return True


def _make_folders(ftp: Any, folder: str) -> None:
    if not folder or folder == "/" or _exists(ftp, folder):
        return
    _make_folders(ftp, posixpath.dirname(folder))
    try:
        ftp.mkdir(folder)
    except OSError:
        # Another thread or machine was first.
        if not _exists(ftp, folder):
            raise


def _rename(ftp: Any, temporary: str, path: str, *, replaces: bool) -> None:
    if replaces:
        ftp.posix_rename(temporary, path)
        return
    try:
        # OpenSSH links and unlinks, so that nothing is ever written over.
        ftp.rename(temporary, path)
    except OSError:
        if _exists(ftp, path):
            raise FileExistsError(path) from None
        raise
