"""Folders looked at again now and then: images that came, went or changed. It reads names, and one file's times."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from engine.errors import SafelightError
from engine.files.edition import Edition, edition_to_show
from engine.files.looking import exists
from engine.files.remote.url import absolute, is_url
from tui.io import Desk, folder_of, images_in
from tui.values import Entry

SECONDS = 2.0
"""Between two looks."""
SECONDS_AWAY = 30.0
"""Between two looks at another machine."""


class Seen(NamedTuple):
    """What there is now."""

    entries: tuple[Entry, ...] | None
    """All images of the folders; None where no folder was written to since the last look."""
    changed: str
    """The image that is looked at, where it is another one by now; else empty."""


class Watching:
    """Asking costs one look at each folder's time; names are read only when that has changed. It waits for no disk."""

    def __init__(self, desk: Desk, paths: Sequence[str]) -> None:
        self._desk = desk
        self.move(paths)
        self._over = threading.Event()
        self.path = ""
        """The image that is looked at."""

    def move(self, paths: Sequence[str]) -> None:
        """Look at other files and folders from now on."""
        self._paths = [absolute(path) for path in paths]

    def begin(self, then: Callable[[Seen], None]) -> None:
        """Look again and again, in the background, and tell when something is otherwise; the event loop sleeps on."""
        self._desk.ask("watch", self._looking, then)

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        self._desk.close()

    def _looking(self) -> Iterator[Seen]:
        """In the desk's thread."""
        # Another machine has just been asked.
        times = tuple((each, _written(each) if is_url(each) else 0) for each in self._paths)
        looked: tuple[str, Edition | None] = ("", None)
        while not self._over.wait(SECONDS):
            paths = self._paths
            before, times = times, tuple((each, _written(each)) for each in paths)
            entries = _all(paths) if times != before else None
            path = self.path
            last, looked = looked, (path, edition_to_show(path) if path else None)
            changed = path if last[0] == path and last[1] not in (None, looked[1]) else ""
            if entries is not None or changed:
                yield Seen(entries, changed)


def _all(paths: Sequence[str]) -> tuple[Entry, ...] | None:
    found: list[Entry] = []
    for each in paths:
        # What is not there or cannot be read now, as its disk is away, has lost nothing.
        try:
            if not is_url(each) and not exists(each):
                return None
            found += images_in(each) if folder_of((each,)) else [Entry(each, os.path.basename(each))]
        except SafelightError:
            return None
    return tuple(found)


def _written(path: str) -> int:
    """When it was written to; another machine is asked every so often what there is, which takes as long."""
    if is_url(path):
        return int(time.monotonic() / SECONDS_AWAY)
    try:
        return os.stat(path).st_mtime_ns
    except (OSError, ValueError):
        return 0
