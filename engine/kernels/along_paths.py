"""Stage: each pixel the mean of points at complex multiples of its distance from a centre, read from memory."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.interleave import address_of
from engine.kernels.interpolation import BLOCK, add_interpolated, find_places
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, LEFT, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW, TOP
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

HEAD, FIRST, ALL = 4, 6, 6 * BLOCK


def build(channels: int) -> Callable[..., None]:
    """A stage for pixels as `weave` makes them.

    Its parameters are whole numbers: the picture's height and width, how many points there are, and none; then the
    centre, and of each point its multiple of the distance from there, less 1.
    """
    width, numbers = ((1, 1), (2, 4), (4, 4), (4, 8))[channels - 1]

    def along_paths(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, columns = geometry[SOURCE_PIXEL], geometry[COLUMNS]
        head = carray(parameters, (HEAD,)).view(i4)
        last, points = (i4(head[1] - i4(1)), i4(head[0] - i4(1))), head[2]
        centre, share = (parameters[HEAD], parameters[HEAD + 1]), f4(1.0) / f4(points)
        places = carray(room(ALL), (ALL,), np.float32).ctypes.data
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
                    factor = (parameters[FIRST + 2 * k], parameters[FIRST + 2 * k + 1])
                    find_places((i4(left), i4(top)), centre, factor, last, places)
                    add_interpolated(width, address_of(source), geometry[SOURCE_ROW], pixel, places, count, end)
                for x in range(count * numbers):
                    out[x] = out[x] * share
                if numbers > width and channels % 2 == 0:
                    for x in range(count):
                        for place in range(width, numbers):
                            out[x * numbers + place] = before[x * numbers + place]

    return along_paths
