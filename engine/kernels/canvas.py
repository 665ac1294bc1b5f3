"""Stage: the picture in memory with a border around it, pixels as they are."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.deliver import copy_bytes
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, LEFT, ROWS, SOURCE_ROW, TARGET_ROW, TOP
from engine.kernels.moving import move_pixel
from engine.kernels.signature import i4

SCALAR = "pixels are moved whole, rows of them by the C library's memcpy"
PLACE = 4
"""Parameters: rows above the picture, columns before it, its height and width; then the border's pixel."""


def build(variant: tuple[int, int]) -> Callable[..., None]:
    """A stage for pixels of so many bytes; 1 at the end: the picture's edges go on."""
    pixel, edges = variant

    @register_jitable
    def repeat(source: Any, target: Any, count: Any) -> None:
        for x in range(count):
            move_pixel(pixel, source, target + x * pixel)

    def canvas(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        place = carray(parameters, (PLACE,)).view(i4)
        above, before, height, width = np.int64(place[0]), np.int64(place[1]), np.int64(place[2]), np.int64(place[3])
        plain, columns = address_of(parameters) + 4 * PLACE, geometry[COLUMNS]
        first = geometry[LEFT] - before
        until = min(max(-first, 0), columns)
        last = max(min(width - first, columns), until)
        for row in range(geometry[ROWS]):
            out, y = address_of(target) + row * geometry[TARGET_ROW], geometry[TOP] + row - above
            if edges == 0 and (y < 0 or y >= height):
                repeat(plain, out, columns)
                continue
            line = address_of(source) + max(0, min(y, height - 1)) * geometry[SOURCE_ROW]
            repeat(line if edges else plain, out, until)
            copy_bytes(line + (first + until) * pixel, out + until * pixel, (last - until) * pixel)
            repeat(line + (width - 1) * pixel if edges else plain, out + last * pixel, columns - last)

    return canvas
