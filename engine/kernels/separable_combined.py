"""Stage: a symmetric convolution of each plane, combined at once with the picture as it was; not for alpha."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.convolution import convolve_row
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
from engine.kernels.separable import down_columns


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(average, source, constants)`; eight constants come first, then the taps."""

    def separable_combined(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        reach, pixel = geometry[REACH], geometry[SOURCE_PIXEL]
        samples, width = geometry[COLUMNS] * pixel // 4, (geometry[COLUMNS] + 2 * reach) * pixel // 4
        taps = carray(parameters, (reach + 9,)).ctypes.data + 32
        room = carray(scratch, (2 * width + samples,))
        wide, averages = room.ctypes.data, room[2 * width :]
        for plane in range(geometry[PLANES_IN]):
            for row in range(0, geometry[ROWS], 2):
                for below in range(down_columns(source, geometry, taps, plane, row, wide, width)):
                    centre = wide + 4 * below * width + reach * pixel
                    convolve_row(centre, pixel, taps, reach, averages.ctypes.data, samples)
                    place, away = row + below + reach, plane * geometry[SOURCE_PLANE] + reach * pixel
                    first = address_of(source) + away + place * geometry[SOURCE_ROW]
                    before = carray(pointer_to(first), (samples,), np.float32)
                    last = address_of(target) + plane * geometry[TARGET_PLANE] + (row + below) * geometry[TARGET_ROW]
                    out = carray(pointer_to(last), (samples,), np.float32)
                    for x in range(samples):
                        out[x] = function(averages[x], before[x], constants)

    return separable_combined
