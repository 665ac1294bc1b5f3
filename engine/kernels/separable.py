"""Stage: a symmetric convolution down the columns, then along the row, of the first planes; the others are copied."""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.convolution import convolve
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.lines import copy_line


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of planes to convolve, then the taps from the centre outwards."""

    def separable(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns = geometry[REACH], geometry[COLUMNS]
        convolved = int(parameters[0])
        taps = carray(parameters, (reach + 2,)).ctypes.data + 4
        wide = carray(scratch, (columns + 2 * reach,)).ctypes.data
        for plane in range(convolved):
            for row in range(geometry[ROWS]):
                start = plane * geometry[SOURCE_PLANE] + (row + reach) * geometry[SOURCE_ROW]
                out = plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]
                stride = 4 * geometry[SOURCE_ROW]
                convolve(address_of(source) + 4 * start, stride, taps, reach, wide, columns + 2 * reach)
                convolve(wide + 4 * reach, 4, taps, reach, address_of(target) + 4 * out, columns)
        for plane in range(convolved, geometry[PLANES_IN]):
            for row in range(geometry[ROWS]):
                copy_line(source, target, geometry, plane, plane, row)

    return separable
