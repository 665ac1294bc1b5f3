"""What images are put in order by, found out in a background thread while one looks at them. It sorts nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.errors import ImageError
from engine.files.edition import edition_to_show
from tui.io import Desk, expecting
from tui.messages import Fact, KeysFound

if TYPE_CHECKING:
    from tui.values import Entry, Order

BY_FOLDER = ("name", "size", "written")
"""Orders that take no look into the files."""
TOLD_EVERY = 0.25
"""Seconds: a list of 50,000 is put in order in a few hundredths."""


class Ordering:
    """At most one order is being found out."""

    def __init__(self, tell: Callable[[Fact], object], desk: Desk) -> None:
        self._tell, self._desk = tell, desk

    def by(self, order: Order, entries: Sequence[Entry]) -> None:
        """Tell, bit by bit, what these images are to be put in order by."""
        paths = [entry.path for entry in entries]
        self._desk.ask("order", lambda: told(order, paths), lambda keys: self._found(order, keys))

    def rate(self, entries: Sequence[Entry]) -> None:
        """Tell, bit by bit, the ratings of these images, whatever they are put in order by."""
        paths = [entry.path for entry in entries]
        self._desk.ask("ratings", lambda: told("rating", paths), lambda keys: self._found("rating", keys))

    def _found(self, order: Order, keys: Mapping[int, float]) -> None:
        self._tell(KeysFound(order, keys))

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Read nothing more."""
        self._desk.close()


def told(order: Order, paths: Sequence[str]) -> Iterator[Mapping[int, float]]:
    """The keys by their images' places, smallest first; those that cannot be found out are left out."""
    found: dict[int, float] = {}
    last = time.monotonic()
    read = READERS[order]
    numbered = dict(enumerate(paths))
    for index, path in numbered.items() if order in BY_FOLDER else expecting(numbered):
        key = read(path)
        if key is not None:
            found[index] = key
        if time.monotonic() - last > TOLD_EVERY:
            yield found
            found, last = {}, time.monotonic()
    yield found


def _size(path: str) -> float | None:
    found = edition_to_show(path)
    return -float(found.size) if found else None


def _written(path: str) -> float | None:
    found = edition_to_show(path)
    return found.on_the_wall if found else None


def _taken(path: str) -> float | None:
    from engine.culling.capture import captured
    from engine.files.header import REACH, examine_file
    from engine.files.limits import Limits

    try:
        _, facts, found = examine_file(path, Limits(), REACH)
    except ImageError:
        return _written(path)
    taken = captured(facts.exif).seconds
    return found.on_the_wall if taken is None else taken


def _pixels(path: str) -> float | None:
    from engine.files.header import REACH, examine_file
    from engine.files.limits import Limits

    try:
        facts = examine_file(path, Limits(), REACH)[1]
    except ImageError:
        return None
    return -float(facts.width * facts.height)


def _rating(path: str) -> float | None:
    from engine.files.header import REACH, examine_file
    from engine.files.limits import Limits
    from engine.sidecars.rating import read_rating

    try:
        rating = read_rating(path, examine_file(path, Limits(), REACH)[1])
    except ImageError:
        return None
    return -float(rating or 0)


READERS: Mapping[Order, Callable[[str], float | None]] = {
    "taken": _taken,
    "written": _written,
    "size": _size,
    "megapixels": _pixels,
    "rating": _rating,
}
"""What each order goes by, the smallest first; by name, nothing has to be read."""
