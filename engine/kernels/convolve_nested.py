"""Stage: a convolution whose taps are on sums of rows around each output row, of the first planes; others are copied.

Nothing is ever taken away from a sum, so nothing drifts, and what is no number stays within reach.
"""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.interleave import address_of
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
from engine.kernels.taps import nest_row, sum_row

HEAD = 5


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are planes to convolve, the offset, how many taps, sums of rows and samples at a time.

    Behind them are the taps as `taps` has them, the row of each being a sum's number. A plane may be interleaved pixels.
    """

    def convolve_nested(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, pixel, stride = geometry[REACH], geometry[SOURCE_PIXEL], geometry[SOURCE_ROW]
        samples, convolved, count = geometry[COLUMNS] * pixel // 4, int(parameters[0]), int(parameters[2])
        depth, block = int(parameters[3]), min(int(parameters[4]), samples)
        taps = carray(parameters, (HEAD,)).ctypes.data + 4 * HEAD
        beside = reach * pixel
        width = block + 2 * (beside // 4)
        sums = carray(scratch, (width,)).ctypes.data
        for plane in range(convolved):
            near = address_of(source) + plane * geometry[SOURCE_PLANE] + reach * stride
            out = address_of(target) + plane * geometry[TARGET_PLANE]
            for row in range(geometry[ROWS]):
                line = out + row * geometry[TARGET_ROW]
                for which in range((samples + block - 1) // block):
                    x = 4 * min(which * block, samples - block)
                    nest_row(near + row * stride + x, stride, depth, sums, 4 * width, width)
                    sum_row(sums + beside, 4 * width, pixel, taps, count, parameters[1], line + x, block)
        for plane in range(convolved, geometry[PLANES_IN]):
            for row in range(geometry[ROWS]):
                copy_line(source, target, geometry, plane, plane, row)

    return convolve_nested
