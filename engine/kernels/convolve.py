"""Stage: a convolution with any kernel, tap by tap, of the first planes; the others are copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

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
from engine.kernels.taps import sum_row

HEAD = 3


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are planes to convolve, the offset, how many taps, and those as `taps` has them.

    A plane may be interleaved pixels.
    """

    def convolve(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, pixel, stride = geometry[REACH], geometry[SOURCE_PIXEL], geometry[SOURCE_ROW]
        samples, convolved, count = geometry[COLUMNS] * pixel // 4, int(parameters[0]), int(parameters[2])
        taps = carray(parameters, (HEAD,)).ctypes.data + 4 * HEAD
        for plane in range(convolved):
            near = address_of(source) + plane * geometry[SOURCE_PLANE] + reach * (stride + pixel)
            out = address_of(target) + plane * geometry[TARGET_PLANE]
            for row in range(geometry[ROWS]):
                line = carray(pointer_to(out + row * geometry[TARGET_ROW]), (samples,), np.float32)
                for x in range(samples):
                    line[x] = parameters[1]
                sum_row(near + row * stride, stride, pixel, taps, count, line.ctypes.data, samples)
        for plane in range(convolved, geometry[PLANES_IN]):
            for row in range(geometry[ROWS]):
                copy_line(source, target, geometry, plane, plane, row)

    return convolve
