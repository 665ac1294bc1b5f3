"""Putting a finished file in its place: whole or not at all, synced, and never through a link or over a source.

The steps: a file with a name that nobody looks for is made in the same folder, locked, and written; it is synced; it is
given its name, in one step; the folder is synced. It stays locked until it has its name. What is left of it when the
process is killed between two of them is found by `engine.files.leftovers`, as nobody holds its lock any more.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from typing import Protocol

from engine.confinement import barred_descriptor, unwritable
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.name import show
from engine.files.remote.url import absolute, is_url
from engine.files.source import FilePath

TEMPORARY_PREFIX = ".safelight-"
"""What the name of an unfinished file begins with, in the folder of its final one."""
CHUNK = 8 << 20
Buffer = bytes | bytearray | memoryview
Place = Callable[[int, str, str], None]
"""Gives the second name to the file of the first, in the folder of that descriptor."""
Dress = Callable[[int], None]
"""Gives a new file, still empty and closed to others, what it needs besides its bytes, by its descriptor."""
TRIES = 100
"""A sweep may take a new file for a leftover in the moment before it is locked; another is made then."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)


def write_new(path: FilePath, data: Buffer) -> None:
    """Writes a file that must not exist yet, not even as a link; missing folders are made.

    ImageError when it exists or cannot be written; then nothing of it is left.
    """
    begin_new(path, data).place()


def write_replacing(path: FilePath, data: Buffer) -> None:
    """Writes a file in place of the one there, which stays whole until the new one is; missing folders are made.

    A link there is replaced, never followed. ImageError when it cannot be written; then the old one is untouched.
    """
    begin_replacing(path, data).place()


def begin_new(path: FilePath, data: Buffer) -> Pending:
    """The first half of `write_new`: all but what waits for the disk."""
    return _begin_far(path, data, replaces=False) if is_url(path) else begin(path, data, place_new)


def begin_replacing(path: FilePath, data: Buffer) -> Pending:
    """The first half of `write_replacing`."""
    return _begin_far(path, data, replaces=True) if is_url(path) else begin(path, data, _place_replacing)


def _begin_far(path: FilePath, data: Buffer, *, replaces: bool) -> Pending:
    from engine.files.remote.upload import Upload

    return Upload(os.fspath(path), data, replaces=replaces)


def not_same_file(source: FilePath, output: FilePath) -> None:
    """ImageError when the output, by whatever name or link, is the source itself."""
    if is_url(source) or is_url(output):
        if absolute(source) == absolute(output):
            raise ImageError(f"{show(output)} is the source itself: choose another folder with -o.")
        return
    try:
        # The output first: where it is not there, as usual, a slow disk is asked once.
        same = os.path.samefile(output, source)
    except (OSError, ValueError):
        return
    if same:
        raise ImageError(f"{show(output)} is the source itself: choose another folder with -o.")


class Pending(Protocol):
    """A file written whole, but for its name. Over after either call."""

    def place(self) -> None:
        """Give it its name; ImageError when that fails, and nothing of it is left."""

    def close(self) -> None:
        """Leave nothing of it, unless it has its name."""


class Unplaced:
    """A file written whole in its folder under a name that nobody looks for, and not synced. Over after either call."""

    def __init__(self, path: FilePath, folder: int, temporary: str, file: int, place: Place) -> None:
        """Both descriptors are its own from now on."""
        self._path, self._folder, self._temporary, self._file, self._place = path, folder, temporary, file, place

    def place(self) -> None:
        """Give it its name once it is safe on the disk; ImageError when that fails, and nothing of it is left."""
        try:
            with contextlib.closing(self):
                os.fsync(self._file)
                with self._locked():
                    self._close_file()
                    self._place(self._folder, self._temporary, os.path.basename(self._path))
                self._temporary = ""
                sync_folder(self._folder)
        except OSError as error:
            raise _sentence(self._path, error) from None

    def close(self) -> None:
        """Leave nothing of it, unless it has its name."""
        folder, self._folder = self._folder, -1
        if folder < 0:
            return
        with contextlib.suppress(OSError):
            self._close_file()
        try:
            if self._temporary:
                _remove(folder, self._temporary)
        finally:
            os.close(folder)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Its lock is held until it has its name, although closing it, where a disk may fail, comes first."""
        held = os.dup(self._file)
        try:
            yield
        finally:
            os.close(held)

    def _close_file(self) -> None:
        """Some disks tell only now that they could not take it."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)


def begin(path: FilePath, data: Buffer, place: Place, dress: Dress | None = None) -> Unplaced:
    """A file written whole that `place` will give its name; ImageError when it cannot be, and nothing of it is left."""
    folder, name = os.path.split(os.path.abspath(path))
    admit(path, unwritable(folder))
    try:
        os.makedirs(folder, exist_ok=True)
        folder_descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            admit(path, barred_descriptor(folder_descriptor))
            _refuse_what_is_no_file(folder_descriptor, name)
            temporary, file = make_temporary(folder_descriptor, 0o666 if dress is None else 0o600)
        except BaseException:
            os.close(folder_descriptor)
            raise
        begun = Unplaced(path, folder_descriptor, temporary, file, place)
        try:
            if dress is not None:
                dress(file)
            _write_all(file, data)
        except BaseException:
            begun.close()
            raise
    except (OSError, ValueError) as error:
        raise _sentence(path, error) from None
    return begun


def make_temporary(folder: int, mode: int) -> tuple[str, int]:
    """A new file, locked for as long as it is open, so that nobody takes it for a leftover; its name and descriptor."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    for _ in range(TRIES):
        name = f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}"
        file = os.open(name, flags, mode, dir_fd=folder)
        if _is_ours(file):
            return name, file
        os.close(file)
    raise OSError(errno.EAGAIN, "something removes every file that is made there")


def _is_ours(file: int) -> bool:
    """Whether no sweep has taken it for a leftover, or is about to remove it; locked from now on."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A disk without locks keeps its leftovers for a day.
        return True
    return os.fstat(file).st_nlink > 0


def sync_folder(folder: int) -> None:
    """Names in the folder of that descriptor are on the disk when this returns, where the disk can promise that."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise


def _write_all(descriptor: int, data: Buffer) -> None:
    with memoryview(data).cast("B") as view:
        written = 0
        while written < len(view):
            written += os.write(descriptor, view[written : written + CHUNK])


def place_new(folder: int, temporary: str, name: str) -> None:
    """Give a file of that folder its name; FileExistsError when something has it."""
    try:
        os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # A disk without links, such as a camera's card: looked at first, then renamed.
        if _facts(folder, name) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    else:
        _remove(folder, temporary)


def _place_replacing(folder: int, temporary: str, name: str) -> None:
    os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)


def _refuse_what_is_no_file(folder: int, name: str) -> None:
    facts = _facts(folder, name)
    if facts is not None and not (stat.S_ISREG(facts.st_mode) or stat.S_ISLNK(facts.st_mode)):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _facts(folder: int, name: str) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _remove(folder: int, name: str) -> None:
    """What cannot be removed, as the folder is read-only by now, is swept when it can be."""
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)


def _sentence(path: FilePath, error: OSError | ValueError) -> ImageError:
    shown, folder = show(path), os.path.dirname(os.path.abspath(path))
    if not isinstance(error, OSError):
        return ImageError(f"{shown} is no name that a file can have: choose another.")
    if error.errno in NO_ROOM:
        return ImageError(f"The disk has no room left for {shown}: free some, or choose another folder with -o.")
    if error.errno == errno.EFBIG:
        return ImageError(f"{shown} is larger than a file may be there: choose another folder with -o.")
    if error.errno == errno.EEXIST and os.path.lexists(path):
        return ImageError(f"{shown} exists already: choose another folder with -o, or --existing skip or replace.")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return ImageError(f"{show(folder)} is or lies in a file, not a folder: choose another folder with -o.")
    if error.errno == errno.ENAMETOOLONG:
        return ImageError(f"The name {shown} is too long for the disk: choose another folder with -o.")
    return ImageError(f"{shown} cannot be written ({error.strerror}): choose another folder with -o.")
