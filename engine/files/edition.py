"""What tells one edition of a file from another without reading it: its size and when it was last written."""

from __future__ import annotations

import os
from typing import NamedTuple


class Edition(NamedTuple):
    """Of a file at one time. Its inode is left out: on camera cards and over sshfs that changes by itself."""

    size: int
    """Bytes."""
    changed: int
    """Nanoseconds of Unix time, when it was last written."""


def edition(path: str) -> Edition | None:
    """Of the file itself where the path is a link's; None where there is none, or it cannot be looked at."""
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return Edition(facts.st_size, facts.st_mtime_ns)
