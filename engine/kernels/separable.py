"""Stage: a symmetric convolution down the columns, then along the row, of the first planes; the others are copied."""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.convolution import convolve_row, convolve_rows
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.lines import copy_line


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of planes to convolve, then the taps from the centre outwards."""

    def separable(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns, rows = geometry[REACH], geometry[COLUMNS], geometry[ROWS]
        width, stride = columns + 2 * reach, geometry[SOURCE_ROW]
        convolved = int(parameters[0])
        taps = carray(parameters, (reach + 2,)).ctypes.data + 4
        wide = carray(scratch, (2 * width,)).ctypes.data
        for plane in range(convolved):
            centre = address_of(source) + plane * geometry[SOURCE_PLANE] + reach * stride
            out = address_of(target) + plane * geometry[TARGET_PLANE]
            for row in range(0, rows, 2):
                if row + 1 < rows:
                    convolve_rows(centre + row * stride, stride, taps, reach, wide, 4 * width, width)
                else:
                    convolve_row(centre + row * stride, stride, taps, reach, wide, width)
                for below in range(min(2, rows - row)):
                    line = out + (row + below) * geometry[TARGET_ROW]
                    convolve_row(wide + 4 * (below * width + reach), 4, taps, reach, line, columns)
        for plane in range(convolved, geometry[PLANES_IN]):
            for row in range(rows):
                copy_line(source, target, geometry, plane, plane, row)

    return separable
