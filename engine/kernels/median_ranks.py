"""Stage: the median of a large square of 16-bit or float32 samples, its cost grows with its side; alpha is copied.

Scratch: `ranks.BENCH` bytes.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.deliver import copy_alpha
from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    REACH,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)
from engine.kernels.ranks import BLOCK, ROWS_AT_MOST, medians_of

SCALAR = "each sample has a bit of its own in a set, and the next result follows from the last"


def build(codes: type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """A stage for one kind of samples, on interleaved pixels or float32 planes; reach is at most `ranks.WIDEST`."""
    size, medians = np.dtype(codes).itemsize, medians_of(codes)

    @register_jitable
    def copy_last(source: Any, target: Any, step: Any, count: Any) -> None:
        line = carray(pointer_to(source), (step * count,), codes)
        out = carray(pointer_to(target), (step * count,), codes)
        for x in range(count):
            out[x * step] = line[x * step]

    def median_ranks(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, stride, reach = geometry[SOURCE_PIXEL], geometry[SOURCE_ROW], geometry[REACH]
        planes, columns, gap = geometry[PLANES_IN], geometry[COLUMNS], geometry[TARGET_ROW]
        channels, room = pixel // size, address_of(scratch)
        colours, begin, end = channels - (channels % 2 == 0), address_of(source), address_of(target)
        for plane in range(planes - (planes > 1 and planes % 2 == 0)):
            for channel in range(colours):
                corner = begin + plane * geometry[SOURCE_PLANE] + channel * size
                out = end + plane * geometry[TARGET_PLANE] + channel * size
                for top in range(0, geometry[ROWS], ROWS_AT_MOST):
                    rows = min(ROWS_AT_MOST, geometry[ROWS] - top)
                    for left in range(0, columns, BLOCK):
                        first, last = corner + top * stride + left * pixel, out + top * gap + left * pixel
                        medians(first, stride, pixel, last, gap, rows, min(BLOCK, columns - left), reach, room)
        for row in range(geometry[ROWS] if channels > colours else 0):
            centre = begin + (row + reach) * stride + reach * pixel
            copy_last(centre + colours * size, end + row * gap + colours * size, channels, columns)
        copy_alpha(source, target, geometry)

    return median_ranks
