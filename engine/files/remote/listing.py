"""Folders and files of other machines looked at, and what their folders told remembered for a while."""

from __future__ import annotations

import functools
import os
import threading
import time
from collections import OrderedDict
from errno import ENOENT

from engine.files.edition import Edition
from engine.files.remote.system import Item
from engine.files.remote.systems import asked
from engine.files.remote.url import absolute

KEPT = 200_000
"""Editions that are remembered; the newest stay."""
FRESH = 75.0
"""Seconds for which what a folder told of a file is believed, by who only shows it: longer than the app takes from one
look at the folder to the next, so that no file is looked at for itself."""


class _Memory:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[Edition | None, float]] = OrderedDict()

    def keep(self, url: str, edition: Edition | None) -> None:
        """The newest of a file."""
        with self._lock:
            self._known[url] = edition, time.monotonic()
            self._known.move_to_end(url)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)

    def forget(self, url: str) -> None:
        """Nothing is known of it."""
        with self._lock:
            self._known.pop(url, None)

    def get(self, url: str) -> Edition | None:
        """None unless it was told lately."""
        with self._lock:
            edition, told = self._known.get(url, (None, 0.0))
        return edition if time.monotonic() - told < FRESH else None


@functools.cache
def _memory() -> _Memory:
    return _Memory()


def listed(folder: str) -> list[Item]:
    """What a folder holds, in one request or a few; ImageError, or FileNotFoundError where there is none."""
    top = absolute(folder)
    try:
        found = asked(top, lambda system, path: system.listed(path))
    except FileNotFoundError:
        # Each library says it in its own way, or not at all.
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), folder) from None
    items = [
        Item(f"{top}/{each.name}", *each)
        for each in found
        # Names of objects may be these, and then lead back to the folder, and for ever.
        if each.name not in ("", ".", "..") and "/" not in each.name
    ]
    for item in items:
        if item.edition is not None:
            _memory().keep(item.path, item.edition)
    return items


def look(url: str) -> Edition | None:
    """Of a file, as it is now; None for a folder. ImageError, or FileNotFoundError where there is neither."""
    whole = absolute(url)
    edition = asked(whole, lambda system, path: system.look(path))
    _memory().keep(whole, edition)
    return edition


def look_lately(url: str) -> Edition | None:
    """The same as its folder told it a moment ago, where it did: good enough to show a picture."""
    return _memory().get(absolute(url)) or look(url)


def forget(url: str) -> None:
    """It was written: what its folder told does not hold any more."""
    _memory().forget(absolute(url))


def is_folder(url: str) -> bool:
    """Whether there is a folder; False where there is nothing. ImageError when nobody answers."""
    try:
        return look(url) is None
    except FileNotFoundError:
        return False


def exists(url: str) -> bool:
    """Whether there is anything; ImageError when nobody answers."""
    try:
        look(url)
    except FileNotFoundError:
        return False
    return True
