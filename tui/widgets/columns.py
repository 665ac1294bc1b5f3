"""What the list says of each image behind its name: size and megapixels, or a date where that is what it goes by."""

from __future__ import annotations

import time
from typing import NamedTuple

from tui.theme import Inks
from tui.values import Facts, Order
from tui.widgets.figures import megapixels, size
from tui.widgets.line import Line

SIZE, MEGAPIXELS, DAY, TIME = 7, 6, 11, 17
"""Columns that each takes, with the space before it; a day, or with the time."""
ROOM_FOR_SIZE, ROOM_FOR_MEGAPIXELS, ROOM_FOR_DAY, ROOM_FOR_TIME = 32, 25, 25, 40
"""The narrowest list that still has them."""
BY_FILE = "~"
"""Before a date that is the file's, because the picture does not tell when it was taken."""


class Columns(NamedTuple):
    """Those that there is room for."""

    order: Order
    size: int = 0
    megapixels: int = 0
    date: int = 0

    @property
    def width(self) -> int:
        """All of them."""
        return self.size + self.megapixels + self.date

    def head(self, line: Line, ink: Inks) -> None:
        """What they are, at the right edge."""
        if self.date:
            line.right("~ the file's " if self.order == "taken" else "", ink.faint)
        if self.size:
            line.right("size", ink.faint)
        if self.megapixels:
            line.right("    MP ", ink.faint)

    def add(self, line: Line, facts: Facts | None, ink: Inks) -> None:
        """What they say of an image."""
        if self.date:
            line.add(self._date(facts), ink.muted, self.date)
        if self.size:
            line.add(size(facts.bytes) if facts and facts.bytes else "", ink.muted, SIZE, "right")
        if self.megapixels:
            pixels = facts.width * facts.height if facts else 0
            wrong = "?" if facts and facts.error else ""
            line.add(megapixels(pixels) if pixels else wrong, ink.muted, MEGAPIXELS, "right")

    def _date(self, facts: Facts | None) -> str:
        told = None if facts is None or self.order != "taken" else facts.taken
        seconds = facts.written if facts and told is None else told
        if not seconds:
            return " ?" if facts and facts.error else ""
        mark = BY_FILE if self.order == "taken" and told is None else " "
        return mark + stamp(seconds)[: self.date - 1]


def columns(order: Order, room: int) -> Columns:
    """Those of a list that is so wide."""
    if order in ("taken", "written"):
        return Columns(order, date=TIME if room >= ROOM_FOR_TIME else DAY if room >= ROOM_FOR_DAY else 0)
    return Columns(order, SIZE * (room >= ROOM_FOR_SIZE), MEGAPIXELS * (room >= ROOM_FOR_MEGAPIXELS))


def stamp(seconds: float) -> str:
    """Day and time, such as `2024-05-01 14:03`; empty for none that a calendar has."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.gmtime(seconds))
    except (OverflowError, OSError, ValueError):
        return ""
