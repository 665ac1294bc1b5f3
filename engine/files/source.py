"""Opening a file that is to be a picture: regular files within the limits, nothing else; faults become sentences."""

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, TypeAlias, cast

from engine.confinement import barred, barred_descriptor
from engine.errors import ImageError, SafelightError
from engine.files.admission import admit
from engine.files.format import UnsupportedError
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.remote.url import is_url

FilePath: TypeAlias = str | os.PathLike[str]

SETTLED_NS = 10_000_000
"""Systems tell times of writing at least as finely as this: a file written later than that may change unseen."""
KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@contextlib.contextmanager
def opened(path: FilePath, limits: Limits, reach: int = 0) -> Iterator[tuple[BinaryIO, int]]:
    """The file and its size in bytes. ImageError when it is no regular file, empty, too large or cannot be read.

    Links are followed, as people keep photographs behind them; what they lead to must be a regular file, and within the
    folder that is open here (`engine.confinement`). Of a file on another machine only what is read comes from there,
    `reach` bytes at most, or all for 0.
    """
    with understood(path):
        admit(path, barred(path))
        if is_url(path):
            from engine.files.remote.opening import open_far

            far = open_far(os.fspath(path), limits, reach)
            yield cast("BinaryIO", far), far.size
            return
        # A device may act on being opened and a pipe may wait for ever, so the look comes first; the second look, at
        # what was opened, holds if the name has changed hands in between.
        _check(path, _facts(path), limits)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            admit(path, barred_descriptor(descriptor))
            size = _check(path, os.fstat(descriptor), limits)
            yield file, size


def read(path: FilePath, limits: Limits) -> bytes:
    """The whole file, up to the size it had when opened; ImageError as for `opened`, or when it changed meanwhile."""
    if is_url(path):
        return _read_far(path, limits)
    with opened(path, limits) as (file, size):
        before = _settled(file.fileno())
        data = file.read(size)
        after = os.fstat(file.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise ImageError(f"{show(path)} was changed while it was being read: begin again when it is complete.")
    return data


def _read_far(path: FilePath, limits: Limits) -> bytes:
    from engine.files.remote.opening import read_far

    with understood(path):
        return read_far(os.fspath(path), limits)


@contextlib.contextmanager
def understood(path: FilePath) -> Iterator[None]:
    """Turns whatever goes wrong inside into one ImageError that names the file and says what to do."""
    try:
        yield
    except SafelightError:
        raise
    except UnsupportedError as error:
        raise ImageError(f"{show(path)} {error}") from None
    except FileNotFoundError:
        raise ImageError(f"{show(path)} does not exist: check its name.") from None
    except PermissionError:
        raise ImageError(f"{show(path)} may not be read: check its permissions.") from None
    except MemoryError:
        raise ImageError(f"{show(path)} needs more memory than there is: close other programs, or reduce it.") from None
    except OSError as error:
        if error.errno is None:
            raise _damage(path, error) from error
        raise ImageError(f"{show(path)} cannot be read ({error.strerror}): check its name and its disk.") from None
    except Exception as error:
        raise _damage(path, error) from error


def _damage(path: FilePath, error: Exception) -> ImageError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return ImageError(
        f"{show(path)} is damaged or cut short ({show(reason, 100).rstrip('.')}): copy it again from its source."
    )


def _facts(path: FilePath) -> os.stat_result:
    try:
        return os.stat(path)
    except ValueError:
        raise ImageError(f"{show(path)} is no name that a file can have: check it.") from None


def _settled(file: int) -> os.stat_result:
    """Its facts now, for comparison later: from when this returns, every change shows in the time of writing."""
    facts = os.fstat(file)
    age = time.time_ns() - facts.st_mtime_ns
    if 0 <= age < SETTLED_NS:
        time.sleep((SETTLED_NS - age) / 1e9)
    return facts


def _check(path: FilePath, facts: os.stat_result, limits: Limits) -> int:
    for is_kind, kind in KINDS:
        if is_kind(facts.st_mode):
            raise ImageError(f"{show(path)} is {kind}, not a picture: name a file.")
    return check_size(path, facts.st_size, limits)


def check_size(path: FilePath, size: int, limits: Limits) -> int:
    """The size in bytes; ImageError when that is nothing, or more than is read."""
    if size == 0:
        raise ImageError(f"{show(path)} is empty: copy it again from its source.")
    if size > limits.max_bytes:
        raise ImageError(
            f"{show(path)} has {size / 1e9:.2f} GB, more than the {limits.max_bytes / 1e9:.2f} GB that "
            "are read: if you trust it, raise --max-bytes."
        )
    return size


def expect(path: FilePath) -> None:
    """Have a file come while others are at work; one that cannot is told of in its turn."""
    if is_url(path):
        from engine.files.remote.fetched import fetched

        with contextlib.suppress(SafelightError):
            fetched().expect(os.fspath(path))
    else:
        _expect(path)


if sys.platform == "linux":

    def _expect(path: FilePath) -> None:
        """Has the disk read a regular file."""
        with contextlib.suppress(OSError, ValueError):
            if stat.S_ISREG(os.stat(path).st_mode):
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
                try:
                    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
                finally:
                    os.close(descriptor)

else:

    def _expect(path: FilePath) -> None:
        """Only Linux reads ahead when asked."""
