"""Stage: rows of the picture in memory as columns, one pixel after the other; its parameters are those of `turn`."""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    LEFT,
    PLANES_IN,
    ROWS,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
    TOP,
)
from engine.kernels.moving import move_pixel
from engine.kernels.signature import i4
from engine.kernels.transposition import SIDE

SCALAR = "a pixel of more than four bytes is moved whole, which leaves nothing to do for a vector"


def build(pixel: int) -> Callable[..., None]:
    """A stage for pixels of so many bytes."""

    def turn_pixels(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (6,)).view(i4)
        row, line, rows, columns = geometry[SOURCE_ROW], geometry[TARGET_ROW], geometry[ROWS], geometry[COLUMNS]
        down, right = (-row if p[0] else row), (-pixel if p[1] else pixel)
        corner = address_of(source) + (p[2] + (p[4] - 1 if p[0] else 0)) * row
        corner += (p[3] + (p[5] - 1 if p[1] else 0)) * pixel + geometry[LEFT] * down + geometry[TOP] * right
        for plane in range(geometry[PLANES_IN]):
            first = corner + plane * geometry[SOURCE_PLANE]
            last = address_of(target) + plane * geometry[TARGET_PLANE]
            # Squares: what is read of a row lies in few lines of the cache.
            for left in range(0, columns, SIDE):
                for y in range(rows):
                    for x in range(left, min(left + SIDE, columns)):
                        move_pixel(pixel, first + x * down + y * right, last + y * line + x * pixel)

    return turn_pixels
