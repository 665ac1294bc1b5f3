"""Stage: each pixel the mean of points at complex multiples of its distance from a centre, read from memory."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.interpolation import (
    BLOCK,
    COLUMN,
    DOWN,
    NEXT_COLUMN,
    NEXT_ROW,
    RIGHT,
    ROW,
    add_interpolated,
    settle,
)
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, LEFT, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW, TOP
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

HEAD, ALL = 4, 6 * BLOCK


@register_jitable
def look(parameters: Any, k: Any, left: Any, top: Any, count: Any, places: Any, parts: Any) -> None:
    """Where the k-th points of `count` pixels of a row lie; the first is that of column `left`."""
    p = carray(parameters, (HEAD + 4 + 2 * k,))
    size = p.view(i4)
    last_row, last_column = i4(size[0] - i4(1)), i4(size[1] - i4(1))
    real, imaginary = p[HEAD + 2 + 2 * k], p[HEAD + 3 + 2 * k]
    down = f4(top) - p[HEAD + 1]
    for x in range(count):
        at = i4(i4(left) + i4(x))
        right = f4(at) - p[HEAD]
        across, along = right * real - down * imaginary, right * imaginary + down * real
        settle(across, at, last_column, places[COLUMN], places[NEXT_COLUMN], parts[RIGHT], x)
        settle(along, i4(top), last_row, places[ROW], places[NEXT_ROW], parts[DOWN], x)


def build(channels: int) -> Callable[..., None]:
    """A stage for pixels as `weave` makes them.

    Its parameters are whole numbers: the picture's height and width, how many points there are, and none; then the
    centre, and of each point its multiple of the distance from there, less 1.
    """
    width, numbers = ((1, 1), (2, 4), (4, 4), (4, 8))[channels - 1]

    def along_paths(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, columns = geometry[SOURCE_PIXEL], geometry[COLUMNS]
        points = carray(parameters, (HEAD,)).view(i4)[2]
        share = f4(1.0) / f4(points)
        parts = carray(room(ALL), (6, BLOCK), np.float32)
        places = parts.view(i4)
        for row in range(geometry[ROWS]):
            top = geometry[TOP] + row
            for begin in range(0, columns, BLOCK):
                count, left = min(BLOCK, columns - begin), geometry[LEFT] + begin
                end = address_of(target) + row * geometry[TARGET_ROW] + begin * pixel
                out = carray(pointer_to(end), (count * numbers,), np.float32)
                here = address_of(source) + top * geometry[SOURCE_ROW] + left * pixel
                before = carray(pointer_to(here), (count * numbers,), np.float32)
                for x in range(count * numbers):
                    out[x] = f4(0.0)
                for k in range(points):
                    look(parameters, k, left, top, count, places, parts)
                    add_interpolated(
                        width, address_of(source), geometry[SOURCE_ROW], pixel, parts.ctypes.data, count, end
                    )
                for x in range(count * numbers):
                    out[x] = out[x] * share
                if numbers > width and channels % 2 == 0:
                    for x in range(count):
                        for place in range(width, numbers):
                            out[x * numbers + place] = before[x * numbers + place]

    return along_paths
