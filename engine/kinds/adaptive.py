"""Tones sent through the tables of the tiles around them, which follow from how often each luma is in a tile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Floats, Size, Values

LEVELS = 256
"""Tones between 0 and 1, both included, at which tiles count and tables tell: the codes of 8 bits."""
STEEPEST = 2.0
"""How much a count may move, in parts of a class, when a tone moves by that, for the error of the count and the slope
of the table together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptive(OwnKind):
    """Luma y (Rec. 709, limited to 0..1) becomes m(y), and each colour gains as much: c + m(y) - y.

    The picture is parted into tiles as equal as can be. A pixel whose luma lies between two levels counts for both, for
    the nearer one more, so that counts do not jump; transparent pixels and what is no number do not count. m is
    interpolated between the levels of a table, and between the tables of the four tiles whose middles are nearest.
    """

    tiles: Callable[[Values], int]
    """Along each side; a picture of fewer pixels has as many tiles as pixels."""
    tables: Callable[[Values, Floats], Floats]
    """What levels become, from counts of the same shape: LEVELS for each tile, all 0 where no pixel counts."""

    def grid(self, values: Values, size: Size) -> tuple[int, int]:
        """Tiles down and across a picture of that height and width."""
        tiles = self.tiles(values)
        return min(tiles, size[0]), min(tiles, size[1])

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - any table
        """The lowest and the highest value of the result: a tone gains 1 at most, or loses it."""
        return low - 1.0, high + 1.0

    def gain(self, values: Values) -> float:  # noqa: ARG002 - any table
        """One level's count may move from one level to the next when tones do by as much."""
        return STEEPEST * LEVELS
