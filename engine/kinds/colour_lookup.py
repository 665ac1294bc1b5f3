"""Colours replaced by those of a table, between whose entries there are tetrahedra or lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.files.cube import Cube
    from engine.filter import Values

NARROWEST = 1e-3
"""Of the values that a result is said to have: what is laid over a span needs one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourLookup(OwnKind):
    """Each colour becomes that of a table; beyond what the table covers it is as at its nearest edge.

    A cube of three dimensions is cut into six tetrahedra along its diagonal from black to white.
    """

    cube: Callable[[Values], Cube]
    """Reads no file that was read before."""

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - whatever it was
        """What the table holds."""
        table = self.cube(values).table
        lowest, highest = float(table.min()), float(table.max())
        return lowest, max(highest, lowest + NARROWEST)

    def gain(self, values: Values) -> float:
        """The steepest that a result changes, with all three colours together."""
        cube = self.cube(values)
        widths = np.subtract(cube.high, cube.low)
        if cube.dimensions == 1:
            return float((np.abs(np.diff(cube.table, axis=0)).max(axis=0) * (cube.size - 1) / widths).max())
        steepest = (np.abs(np.diff(cube.table, axis=2 - colour)).max() for colour in range(3))
        return float(sum(each * (cube.size - 1) / width for each, width in zip(steepest, widths, strict=True)))

    def reach(self, values: Values) -> float:  # noqa: ARG002 - a pixel's own
        """No neighbour counts."""
        return 0.0

    def colours(self, values: Values) -> bool:
        """Whether there is an entry on the way from black to white that is no grey, or the ways differ."""
        cube = self.cube(values)
        greys = diagonal(cube)
        alike = len({*cube.low}) == len({*cube.high}) == 1
        return not alike or bool((greys != greys[:, :1]).any())


def diagonal(cube: Cube) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The entries for greys, from the first to the last."""
    if cube.dimensions == 1:
        return cube.table.reshape(-1, 3)
    place = np.arange(cube.size)
    return cube.table[place, place, place].reshape(-1, 3)
