"""A server's folders over SFTP: one connection, and channels in it that several threads use beside each other."""

from __future__ import annotations

import contextlib
import os
import posixpath
import secrets
import stat
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fsspec.implementations.sftp import SFTPFileSystem
from paramiko import ChannelException, SSHClient

from engine.files.edition import Edition
from engine.files.remote.channel import Channel
from engine.files.remote.faults import broken
from engine.files.remote.ssh import options
from engine.files.remote.system import Told
from engine.files.remote.url import HOME
from engine.files.write import TEMPORARY_PREFIX

if TYPE_CHECKING:
    from engine.files.write import Buffer

CHANNELS = 8
"""At once: OpenSSH allows ten of them in a connection, and others fewer."""
ANSWERS_WITHIN = 30.0
SECOND = 1_000_000_000


class Sftp:
    """One server; for any thread."""

    def __init__(self, authority: str) -> None:
        """Connects."""
        self._fs: Any = _Server(**options(authority), skip_instance_cache=True)
        self._fs.client.get_transport().set_keepalive(ANSWERS_WITHIN)
        self._free: list[Channel] = [self._fs.ftp]
        self._changed = threading.Condition()
        self._open, self._most, self._opening = 1, CHANNELS, False
        self._made: set[bytes] = set()

    def listed(self, path: str) -> list[Told]:
        """Links are not followed, as that takes a request for each."""
        with self._channel() as ftp:
            return [
                Told(os.fsdecode(name), _edition(facts), link=stat.S_ISLNK(facts.st_mode or 0))
                for name, facts in ftp.names(_there(path))
                if not _odd(facts)
            ]

    def look(self, path: str) -> Edition | None:
        """As `System.look`."""
        with self._channel() as ftp:
            return _edition(ftp.stat(_there(path)))

    def read(self, path: str, start: int, end: int) -> bytes:
        """As `System.read`."""
        with self._channel() as ftp:
            return ftp.between(_there(path), start, end)

    def write(self, path: str, data: Buffer, *, replaces: bool) -> None:
        """As `System.write`: under a name that nobody looks for, until it is whole."""
        there = _there(path)
        folder = posixpath.dirname(there)
        with self._channel() as ftp:
            if folder not in self._made:
                _make_folders(ftp, folder)
                self._made.add(folder)
            temporary = posixpath.join(folder, f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}".encode())
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
    def _channel(self) -> Iterator[Channel]:
        """One that nobody else uses meanwhile; one that broke is not used again."""
        ftp = self._taken()
        try:
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

    def _taken(self) -> Channel:
        """A free one, or another where the server allows one more."""
        while True:
            with self._changed:
                # One at a time: paramiko keeps why the last one was refused, whoever had asked.
                self._changed.wait_for(lambda: self._free or (self._open < self._most and not self._opening))
                if self._free:
                    return self._free.pop()
                self._open, self._opening = self._open + 1, True
            try:
                return self._opened()
            except ChannelException:
                with self._changed:
                    if self._open == 0:
                        raise
                    self._most = self._open

    def _opened(self) -> Channel:
        """One more, which has been counted."""
        found: Channel | None = None
        try:
            found = Channel.from_transport(self._fs.client.get_transport())
            return found
        finally:
            with self._changed:
                self._open, self._opening = self._open - (found is None), False
                self._changed.notify_all()

    def _give_back(self, ftp: Channel | None) -> None:
        with self._changed:
            if ftp is None:
                self._open -= 1
            else:
                self._free.append(ftp)
            self._changed.notify()


class _Server(SFTPFileSystem):  # type: ignore[misc]
    """With a channel of ours from the first, as opening another takes three times the way there and back."""

    def _connect(self) -> None:
        self.client = SSHClient()
        self.client.set_missing_host_key_policy(self.host_key_policy)
        self.client.connect(self.host, **self.ssh_kwargs)
        self.ftp = Channel.from_transport(self.client.get_transport())


def _there(path: str) -> bytes:
    """As the server takes it: from its root, or from the person's own folder."""
    whole = os.fsencode(path)
    home = HOME.encode()
    if whole == home or whole.startswith(home + b"/"):
        return whole[len(home) + 1 :] or b"."
    return whole


def _edition(facts: Any) -> Edition | None:
    """None for a folder, and for a link, of which nothing is known."""
    if stat.S_ISDIR(facts.st_mode or 0) or stat.S_ISLNK(facts.st_mode or 0):
        return None
    return Edition(facts.st_size or 0, int(facts.st_mtime or 0) * SECOND)


def _odd(facts: Any) -> bool:
    """Whether it is neither file, folder nor link."""
    return stat.S_IFMT(facts.st_mode or stat.S_IFREG) not in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)


def _exists(ftp: Channel, path: bytes) -> bool:
    try:
        ftp.lstat(path)
    except FileNotFoundError:
        return False
    return True


def _make_folders(ftp: Channel, folder: bytes) -> None:
    if not folder or folder == b"/" or _exists(ftp, folder):
        return
    _make_folders(ftp, posixpath.dirname(folder))
    try:
        ftp.mkdir(folder)
    except OSError:
        # Another thread or machine was first.
        if not _exists(ftp, folder):
            raise


def _rename(ftp: Channel, temporary: bytes, path: bytes, *, replaces: bool) -> None:
    if replaces:
        ftp.posix_rename(temporary, path)
        return
    try:
        # OpenSSH links and unlinks, so that nothing is ever written over.
        ftp.rename(temporary, path)
    except OSError:
        if _exists(ftp, path):
            raise FileExistsError(os.fsdecode(path)) from None
        raise
