"""Stage: a convolution whose taps are on sums of rows around each output row, of the first planes; others are copied.

Nothing is ever taken away from a sum, so nothing drifts, and what is no number stays within reach.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

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
from engine.kernels.lines import copy_line
from engine.kernels.signature import i4
from engine.kernels.taps import TAP, sum_row

HEAD = 3


@register_jitable
def grow_sums(middle: Any, away: Any, sums: Any) -> None:
    """Add the rows so many bytes above and below to sums, or begin them with the middle one where that is 0."""
    above = carray(pointer_to(middle - away), (sums.size,), np.float32)
    if away == 0:
        for x in range(sums.size):
            sums[x] = above[x]
        return
    below = carray(pointer_to(middle + away), (sums.size,), np.float32)
    for x in range(sums.size):
        sums[x] += above[x] + below[x]


@register_jitable
def convolve_line(middle: Any, stride: Any, pixel: Any, beside: Any, parameters: Any, sums: Any, out: Any) -> None:
    """One row; `middle` is the address of the source's row with all that is in reach."""
    for x in range(out.size):
        out[x] = parameters[1]
    source, target = sums.ctypes.data + beside, out.ctypes.data
    depth = int(parameters[2])
    counts = carray(parameters, (HEAD + depth,)).view(i4)[HEAD:]
    taps = carray(parameters, (HEAD,)).ctypes.data + 4 * (HEAD + depth)
    for k in range(depth):
        grow_sums(middle, k * stride, sums)
        sum_row(source, 0, pixel, taps, counts[k], target, out.size)
        taps += 4 * TAP * counts[k]


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are planes to convolve, the offset, how many sums of rows, and how many taps each has.

    Behind them are the taps as `taps` has them, those of the middle row first. A plane may be interleaved pixels.
    """

    def convolve_nested(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, pixel, stride = geometry[REACH], geometry[SOURCE_PIXEL], geometry[SOURCE_ROW]
        samples, convolved = geometry[COLUMNS] * pixel // 4, int(parameters[0])
        sums = carray(scratch, (samples + 2 * (reach * pixel // 4),))
        for plane in range(convolved):
            near = address_of(source) + plane * geometry[SOURCE_PLANE] + reach * stride
            end = address_of(target) + plane * geometry[TARGET_PLANE]
            for row in range(geometry[ROWS]):
                out = carray(pointer_to(end + row * geometry[TARGET_ROW]), (samples,), np.float32)
                convolve_line(near + row * stride, stride, pixel, reach * pixel, parameters, sums, out)
        for plane in range(convolved, geometry[PLANES_IN]):
            for row in range(geometry[ROWS]):
                copy_line(source, target, geometry, plane, plane, row)

    return convolve_nested
