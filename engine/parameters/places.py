"""Files that parameters name: which path is meant, whether there is an ordinary file, and which content it has."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Callable
from typing import Any, NamedTuple

from engine.confinement import barred
from engine.errors import SpecError

KEPT = 8
"""Contents that stay in memory: a stack names few files."""


class Stamp(NamedTuple):
    """What tells one content of a file from another without reading it."""

    size: int
    """Bytes."""
    changed: int
    """Nanoseconds, when it was last written."""
    node: int
    """Its place on the disk: a file that another takes the place of may keep size and time."""


def absolute(path: str, folder: str | None = None) -> str:
    """The whole path, `~` expanded; a relative one counts from `folder`, or from the current one. SpecError if lost."""
    try:
        expanded = os.path.expanduser(path)
        return os.path.abspath(expanded if folder is None else os.path.join(folder, expanded))
    except (OSError, ValueError):
        raise SpecError(f"{path} has no whole path here; write it from / on.") from None


def stamp(path: str, most: int) -> Stamp:
    """Of an ordinary file of at most `most` bytes that may be read; SpecError otherwise. It opens nothing."""
    if why_not := barred(path):
        raise SpecError(f"{path} {why_not}.")
    try:
        facts = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise SpecError(f"{path} does not exist; check its name and folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise SpecError(f"{path} cannot be read ({reason}); check its name and permissions.") from None
    if not stat.S_ISREG(facts.st_mode):
        raise SpecError(f"{path} is no ordinary file; name one.")
    if not os.access(path, os.R_OK):
        raise SpecError(f"{path} may not be read; check its permissions.")
    if not 0 < facts.st_size <= most:
        wrong = (
            f"has {facts.st_size / 1e6:.1f} MB, and at most {most / 1e6:.0f} MB are read"
            if facts.st_size
            else "is empty"
        )
        raise SpecError(f"{path} {wrong}; name another file.")
    return Stamp(facts.st_size, facts.st_mtime_ns, facts.st_ino)


@functools.lru_cache(KEPT)
def content(path: str, read: Callable[[str], object], at: Stamp) -> Any:  # noqa: ARG001 - other content, other stamp
    """What `read` makes of the file, kept as long as its stamp is the same."""
    return read(path)
