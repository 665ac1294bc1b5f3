"""Stage: each pixel of the picture in memory as a square block of pixels."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.deliver import copy_bytes
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, LEFT, ROWS, SOURCE_ROW, TARGET_ROW, TOP
from engine.kernels.moving import move_pixel
from engine.kernels.signature import i4

SCALAR = "pixels are moved whole, rows of them by the C library's memcpy"


def build(pixel: int) -> Callable[..., None]:
    """A stage for pixels of so many bytes; its parameter is the side of a block, a whole number."""

    def blocks(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        side, columns = np.int64(carray(parameters, (1,)).view(i4)[0]), geometry[COLUMNS]
        for row in range(geometry[ROWS]):
            out, y = address_of(target) + row * geometry[TARGET_ROW], geometry[TOP] + row
            if row > 0 and y % side > 0:
                copy_bytes(out - geometry[TARGET_ROW], out, columns * pixel)
                continue
            x, place = geometry[LEFT], address_of(source) + y // side * geometry[SOURCE_ROW]
            while x < geometry[LEFT] + columns:
                until = min((x // side + 1) * side, geometry[LEFT] + columns)
                for k in range(x - geometry[LEFT], until - geometry[LEFT]):
                    move_pixel(pixel, place + x // side * pixel, out + k * pixel)
                x = until

    return blocks
