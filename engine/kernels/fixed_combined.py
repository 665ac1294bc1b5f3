"""Stage: a symmetric convolution of interleaved 16-bit codes in 16-bit arithmetic, combined at once with its source."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.fixed_convolution import fixed_row
from engine.kernels.fixed_separable import down_columns
from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, REACH, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_PIXEL, TARGET_ROW
from engine.kernels.signature import f4, i4


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(average, source, constants)`.

    Parameters are eight constants; factor and offset from codes to values, then from values to codes; bias and weights,
    twice each. What comes out has 8 or 16 bits.
    """

    def fixed_combined(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        factor, offset, back, low = p[8], p[9], p[10], p[11]
        reach, columns, pixel = geometry[REACH], geometry[COLUMNS], geometry[SOURCE_PIXEL]
        samples, width = columns * pixel // 2, (columns + 2 * reach) * pixel // 2
        weights = carray(parameters, (reach + 14,)).ctypes.data + 48
        to_bytes = geometry[TARGET_PIXEL] < pixel
        wide = carray(scratch, (width,)).ctypes.data
        room = wide + 4 * width
        averages = carray(pointer_to(room), (samples,), np.uint16)
        for row in range(0, geometry[ROWS], 2):
            for below in range(down_columns(source, geometry, weights, row, wide, width)):
                fixed_row(wide + 2 * below * width + reach * pixel, pixel, weights, reach, room, samples)
                start = address_of(source) + (row + below + reach) * geometry[SOURCE_ROW] + reach * pixel
                before = carray(pointer_to(start), (samples,), np.uint16)
                line = pointer_to(address_of(target) + (row + below) * geometry[TARGET_ROW])
                bytes_out = carray(line, (samples,), np.uint8)
                codes_out = carray(line, (samples,), np.uint16)
                for x in range(samples if to_bytes else 0):
                    average, centre = f4(averages[x]) * factor + offset, f4(before[x]) * factor + offset
                    scaled = function(average, centre, constants) * back + low
                    bytes_out[x] = np.uint8(i4(min(max(scaled, f4(0.0)), f4(255.5))))
                for x in range(0 if to_bytes else samples):
                    average, centre = f4(averages[x]) * factor + offset, f4(before[x]) * factor + offset
                    scaled = function(average, centre, constants) * back + low
                    codes_out[x] = np.uint16(i4(min(max(scaled, f4(0.0)), f4(65535.5))))

    return fixed_combined
