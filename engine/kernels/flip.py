"""Stage: the picture in memory upside down, mirrored, or both."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
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
from engine.kernels.moving import REGISTER, move_pixel, reverse_register
from engine.kernels.signature import i4


def build(pixel: int) -> Callable[..., None]:
    """A stage for pixels of so many bytes; its parameters are those of `turn`."""
    together = REGISTER // pixel

    def flip(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (6,)).view(i4)
        row, columns = geometry[SOURCE_ROW], geometry[COLUMNS]
        down, right = (-row if p[0] else row), (-pixel if p[1] else pixel)
        corner = address_of(source) + (p[2] + (p[4] - 1 if p[0] else 0)) * row
        corner += (p[3] + (p[5] - 1 if p[1] else 0)) * pixel + geometry[TOP] * down + geometry[LEFT] * right
        for plane in range(geometry[PLANES_IN]):
            for y in range(geometry[ROWS]):
                first = corner + plane * geometry[SOURCE_PLANE] + y * down
                last = address_of(target) + plane * geometry[TARGET_PLANE] + y * geometry[TARGET_ROW]
                if p[1] == 0:
                    line = carray(pointer_to(first), (columns * pixel,), np.uint8)
                    out = carray(pointer_to(last), (columns * pixel,), np.uint8)
                    for x in range(columns * pixel):
                        out[x] = line[x]
                    continue
                # A register may be wider than the pixels in it: one pixel more must be there.
                whole = max(0, columns - 1) // together * together
                for x in range(0, whole, together):
                    reverse_register(pixel, first - x * pixel, last + x * pixel)
                for x in range(whole, columns):
                    move_pixel(pixel, first - x * pixel, last + x * pixel)

    return flip
