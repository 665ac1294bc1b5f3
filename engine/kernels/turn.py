"""Stage: rows of the picture in memory as columns, read in either direction, by squares in registers."""

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
from engine.kernels.moving import move_pixel, turn_square
from engine.kernels.signature import i4
from engine.kernels.transposition import SIDE

AHEAD = 48
"""Pixels from a square to what will be read after the next chunk of rows."""


def build(pixel: int) -> Callable[..., None]:
    """A stage for pixels of 1 to 4 bytes.

    Its parameters are whole numbers: whether the rows of the source are read upwards and its columns leftwards, and the
    top, left, height and width of the part of it that is read.
    """

    def turn(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (6,)).view(i4)
        row, line, rows, columns = geometry[SOURCE_ROW], geometry[TARGET_ROW], geometry[ROWS], geometry[COLUMNS]
        down, right = (-row if p[0] else row), (-pixel if p[1] else pixel)
        corner = address_of(source) + (p[2] + (p[4] - 1 if p[0] else 0)) * row
        corner += (p[3] + (p[5] - 1 if p[1] else 0)) * pixel + geometry[LEFT] * down + geometry[TOP] * right
        for plane in range(geometry[PLANES_IN]):
            first = corner + plane * geometry[SOURCE_PLANE]
            last = address_of(target) + plane * geometry[TARGET_PLANE]
            if rows < SIDE or columns < SIDE:
                for y in range(rows):
                    for x in range(columns):
                        move_pixel(pixel, first + x * down + y * right, last + y * line + x * pixel)
                continue
            # Where the source is read leftwards, a square of it begins with what becomes its last row.
            ahead = 0 if right > 0 else SIDE - 1
            below = line if right > 0 else -line
            for left in range(0, columns, SIDE):
                x = min(left, columns - SIDE)
                for top in range(0, rows, SIDE):
                    y = min(top, rows - SIDE)
                    place, out = first + x * down + (y + ahead) * right, last + (y + ahead) * line + x * pixel
                    turn_square(pixel, place, down, out, below, AHEAD * right)

    return turn
