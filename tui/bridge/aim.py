"""What part of a picture is looked at, how large and how turned: values, and the arithmetic between them."""

from __future__ import annotations

import math
from typing import NamedTuple

from tui.values import Spot

LARGEST = 32.0
STEPS = 2
"""Steps of the zoom from one size to twice that."""
NEAR = 1e-6


class Aim(NamedTuple):
    """A part of a picture, or all of it."""

    zoom: float = 0.0
    """The screen's finest pixels for each pixel of the result; 0 fits the whole picture in."""
    centre: tuple[float, float] = (0.5, 0.5)
    """The middle of the part, in shares across and down."""
    turns: int = 0
    """Quarter turns to the right."""
    split: bool = False
    """The left half is as it was before."""
    beside: tuple[str, ...] = ()
    """Pictures beside it."""

    def turned(self, turns: int) -> Aim:
        """As many quarter turns further, the same part in view."""
        across, down = self.centre
        for _ in range(turns % 4):
            across, down = 1 - down, across
        return self._replace(turns=(self.turns + turns) % 4, centre=(across, down))


class Seen(NamedTuple):
    """What is on the screen now."""

    window: tuple[float, float, float, float]
    """Left, top, right and bottom of the part, in shares of the whole."""
    result: tuple[int, int]
    """Width and height of the whole, in pixels."""
    zoom: float
    """The screen's finest pixels for each of them."""
    cell: tuple[int, int]
    """The screen's finest pixels of a cell, across and down."""


def zoomed(aim: Aim, seen: Seen, zoom: float, spot: Spot) -> Aim:
    """Another zoom, what is at the spot staying there; not smaller than the whole picture in its space."""
    left, top, right, bottom = seen.window
    at = left + spot.across * (right - left), top + spot.down * (bottom - top)
    away = spot.columns * seen.cell[0], spot.rows * seen.cell[1]
    across, down = (place - pixels / zoom / side for place, pixels, side in zip(at, away, seen.result, strict=True))
    return aim._replace(zoom=zoom, centre=(across, down))


def stepped(seen: Seen, steps: int, fit: float) -> float:
    """The zoom so many steps further in or out; 0 where that is no more than the whole picture."""
    place = STEPS * math.log2(seen.zoom)
    step = math.floor(place + NEAR) + steps if steps > 0 else math.ceil(place - NEAR) + steps
    zoom = min(2.0 ** (step / STEPS), LARGEST)
    return 0.0 if zoom <= fit * (1 + NEAR) else zoom


def whole(seen: Seen, cells: tuple[int, int]) -> float:
    """The zoom at which the whole picture is shown in so many columns and rows."""
    spaces = (number * pixels for number, pixels in zip(cells, seen.cell, strict=True))
    return min(1.0, *(space / side for space, side in zip(spaces, seen.result, strict=True)))


def moved(aim: Aim, seen: Seen, columns: float, rows: float) -> Aim:
    """The part that lies so many cells further right and down, as far as the picture goes."""
    left, top, right, bottom = seen.window
    spans = right - left, bottom - top
    middles = (left + right) / 2, (top + bottom) / 2
    pixels = columns * seen.cell[0], rows * seen.cell[1]
    across, down = (
        min(max(middle + by / seen.zoom / side, span / 2), 1 - span / 2)
        for middle, by, side, span in zip(middles, pixels, seen.result, spans, strict=True)
    )
    return aim._replace(centre=(across, down))
