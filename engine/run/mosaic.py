"""Several pictures in one: side by side in a grid, or one half each of the same. Arrays only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Size

    Bytes = NDArray[np.uint8]

GAP = 2
"""Pixels between two pictures."""
USUAL = 1.5
"""Width over height of most photographs: the grid is chosen before the first is read."""
LINE = (255, 255, 255)
"""Red, green and blue between before and after."""


class Spot(NamedTuple):
    """Where one of them goes."""

    top: int
    left: int
    height: int
    width: int


def spots(count: int, place: Size) -> tuple[Spot, ...]:
    """Places for so many pictures within height x width, row by row, as large as pictures of usual shape can be."""
    height, width = place

    def area(across: int) -> float:
        high, wide = _cell(height, math.ceil(count / across)), _cell(width, across)
        return min(wide, high * USUAL) ** 2 if min(high, wide) > 0 else 0.0

    across = max(range(1, count + 1), key=area)
    high, wide = max(1, _cell(height, math.ceil(count / across))), max(1, _cell(width, across))
    return tuple(
        Spot((number // across) * (high + GAP), (number % across) * (wide + GAP), high, wide) for number in range(count)
    )


def together(pictures: Sequence[Bytes], places: Sequence[Spot], ground: tuple[int, int, int]) -> Bytes:
    """Pictures of h x w x 3, each in the middle of its place, the rest of `ground`."""
    height = max(each.top + each.height for each in places)
    width = max(each.left + each.width for each in places)
    whole = np.empty((height, width, 3), np.uint8)
    whole[:] = ground
    for picture, spot in zip(pictures, places, strict=True):
        height, width = picture.shape[:2]
        top, left = spot.top + (spot.height - height) // 2, spot.left + (spot.width - width) // 2
        whole[top : top + height, left : left + width] = picture
    return whole


def halves(left: Bytes, right: Bytes) -> Bytes:
    """The left half of one and the right half of the other, of one size, with a line between them."""
    middle = left.shape[1] // 2
    whole = right.copy()
    whole[:, :middle] = left[:, :middle]
    whole[:, middle : middle + 1] = LINE
    return whole


def _cell(side: int, count: int) -> int:
    """What each of so many has of a side."""
    return (side - GAP * (count - 1)) // count
