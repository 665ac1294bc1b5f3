"""Putting a finished file in its place: whole or not at all, synced, and never through a link or over a source."""

import errno
import os
import secrets
import stat
from collections.abc import Callable

from engine.errors import ImageError
from engine.files.name import show
from engine.files.source import FilePath

TEMPORARY_PREFIX = ".safelight-"
"""What the name of an unfinished file begins with, in the folder of its final one."""
CHUNK = 8 << 20
Buffer = bytes | bytearray | memoryview
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)


def write_new(path: FilePath, data: Buffer) -> None:
    """Writes a file that must not exist yet, not even as a link; missing folders are made.

    ImageError when it exists or cannot be written; then nothing of it is left.
    """
    _write(path, data, _place_new)


def write_replacing(path: FilePath, data: Buffer) -> None:
    """Writes a file in place of the one there, which stays whole until the new one is; missing folders are made.

    A link there is replaced, never followed. ImageError when it cannot be written; then the old one is untouched.
    """
    _write(path, data, _place_replacing)


def not_same_file(source: FilePath, output: FilePath) -> None:
    """ImageError when the output, by whatever name or link, is the source itself."""
    try:
        same = os.path.samefile(source, output)
    except (OSError, ValueError):
        return
    if same:
        raise ImageError(f"{show(output)} is the source itself: choose another folder with -o.")


def _write(path: FilePath, data: Buffer, place: Callable[[int, str, str], None]) -> None:
    folder, name = os.path.split(os.path.abspath(path))
    try:
        os.makedirs(folder, exist_ok=True)
        folder_descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _refuse_what_is_no_file(folder_descriptor, name)
            _write_in(folder_descriptor, name, data, place)
        finally:
            os.close(folder_descriptor)
    except (OSError, ValueError) as error:
        raise _sentence(path, folder, error) from None


def _write_in(folder: int, name: str, data: Buffer, place: Callable[[int, str, str], None]) -> None:
    temporary = f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o666, dir_fd=folder)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        place(folder, temporary, name)
    except BaseException:
        _remove(folder, temporary)
        raise
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


def _place_new(folder: int, temporary: str, name: str) -> None:
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
    try:
        os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        pass


def _sentence(path: FilePath, folder: str, error: OSError | ValueError) -> ImageError:
    shown = show(path)
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
