"""What tells one edition of a file from another without reading it: its size and when it was last written."""

from __future__ import annotations

import calendar
import os
import time
from typing import NamedTuple

from engine.errors import ImageError
from engine.files.remote.url import is_url


class Edition(NamedTuple):
    """Of a file at one time. Its inode is left out: on camera cards and over sshfs that changes by itself."""

    size: int
    """Bytes."""
    changed: int
    """Nanoseconds of Unix time, when it was last written."""

    @property
    def on_the_wall(self) -> float:
        """The same in seconds since 1970 by the clock of the wall here, as cameras tell it."""
        seconds = self.changed / 1e9
        try:
            return calendar.timegm(time.localtime(seconds)) + seconds % 1
        except (OverflowError, OSError, ValueError):
            return seconds


def edition(path: str) -> Edition | None:
    """Of the file itself where the path is a link's; None where there is none, or it cannot be looked at."""
    if is_url(path):
        return _far_away(path)
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return Edition(facts.st_size, facts.st_mtime_ns)


def edition_to_show(path: str) -> Edition | None:
    """The same for who only shows the file: of one far away, as its folder told it a moment ago."""
    return _far_away(path, lately=True) if is_url(path) else edition(path)


def _far_away(url: str, *, lately: bool = False) -> Edition | None:
    from engine.files.remote.listing import look, look_lately

    try:
        return look_lately(url) if lately else look(url)
    except (ImageError, FileNotFoundError):
        return None
