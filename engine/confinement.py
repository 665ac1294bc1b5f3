"""What this process, and every process it starts, may touch: one folder, or nothing to write. It opens no file.

The environment tells it, as it does of a working folder: whatever is started here is confined as well, and nothing can
be forgotten on the way. It keeps people to a folder, not hostile code: a filter of one's own runs as it likes.
"""

import fcntl
import os
import sys
from pathlib import Path

ROOT = "SAFELIGHT_ROOT"
"""Of the environment: the folder that everything must lie in."""
READ_ONLY = "SAFELIGHT_READ_ONLY"
"""Of the environment: anything but nothing and 0 forbids writing, and asking anything of batches."""
OUTSIDE = "lies outside the only folder that is open here; choose another"
NOTHING = "Nothing is written here, as Safelight was started read-only."
SHIPPED = str(Path(__file__).resolve().parent)
"""Tables, fonts and masks that come along."""


def root() -> str:
    """The folder that everything must lie in, without links in its path; empty where there is none."""
    given = os.environ.get(ROOT, "")
    return os.path.realpath(given) if given else ""


def read_only() -> bool:
    """Whether nothing is to be written."""
    return os.environ.get(READ_ONLY, "") not in ("", "0")


def barred(path: str | os.PathLike[str]) -> str:
    """Why a file or folder may not be read, to follow its name; empty when it may. Links count as what they lead to."""
    folder = root()
    if not folder:
        return ""
    if "://" in os.fspath(path):
        return OUTSIDE
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):
        return OUTSIDE
    return "" if _within(os.fspath(real), folder) or _within(os.fspath(real), SHIPPED) else OUTSIDE


def barred_descriptor(descriptor: int) -> str:
    """The same of what was opened, by whatever name: a link may have changed since it was looked at."""
    folder = root()
    if not folder:
        return ""
    try:
        real = _opened(descriptor)
    except OSError:
        return OUTSIDE
    return "" if _within(real, folder) or _within(real, SHIPPED) else OUTSIDE


def unwritable(path: str | os.PathLike[str]) -> str:
    """Why a file or folder may not be written, to follow its name; empty when it may."""
    if read_only():
        return "is not written, as Safelight was started read-only; start it without --read-only"
    return barred(path)


def confines(other: str) -> bool:
    """Whether what was done within another root, as `root` told it, may be seen from within this one."""
    folder = root()
    return not folder or (bool(other) and _within(other, folder))


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


if sys.platform == "linux":

    def _opened(descriptor: int) -> str:
        return os.readlink(f"/proc/self/fd/{descriptor}")

else:

    def _opened(descriptor: int) -> str:
        """The system's own way on macOS (fcntl, F_GETPATH)."""
        got = fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024))
        return os.fsdecode(got.rstrip(b"\0"))
