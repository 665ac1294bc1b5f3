"""Small pictures with alpha that filters lay over others: lettering and pictures from files, of 8 bits a sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Mark: TypeAlias = "NDArray[np.uint8]"
"""Height x width x 4: red, green, blue and straight alpha."""
ANCHORS = (
    *("top-left", "top", "top-right"),
    *("left", "centre", "right"),
    *("bottom-left", "bottom", "bottom-right"),
)
"""Row by row."""
POSITIONS = (*ANCHORS, "tiled")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark's first pixel lies, which may be outside, and after how many pixels it comes again; 0 for once."""

    top: int
    left: int
    down: int = 0
    across: int = 0


def placed(position: int, margin: float, size: tuple[int, int], mark: tuple[int, int]) -> Place:
    """The place of a mark of that height and width in a picture of that size.

    `margin` is the distance, in percent of the picture's shorter side, from the edges at which the mark lies; if it is
    tiled, that between two of them, half of which comes before the first.
    """
    apart = int(min(size) * margin / 100.0 + 0.5)
    if POSITIONS[position] == "tiled":
        return Place(apart // 2, apart // 2, mark[0] + apart, mark[1] + apart)
    row, column = divmod(position, 3)
    top, left = (
        (apart, (whole - part) // 2, whole - part - apart)[which]
        for which, whole, part in zip((row, column), size, mark, strict=True)
    )
    return Place(top, left)
