"""Stage: a symmetric convolution down the columns, then along the row, of the first planes; the others are copied."""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.convolution import convolve_row, convolve_rows
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


@register_jitable
def down_columns(source: Any, geometry: Any, taps: Any, plane: Any, row: Any, target: Any, width: Any) -> Any:
    """The columns' averages of an output row and, if there is one, the next; how many rows these are."""
    reach, stride = geometry[REACH], geometry[SOURCE_ROW]
    centre = address_of(source) + plane * geometry[SOURCE_PLANE] + (row + reach) * stride
    if row + 1 < geometry[ROWS]:
        convolve_rows(centre, stride, taps, reach, target, 4 * width, width)
        return 2
    convolve_row(centre, stride, taps, reach, target, width)
    return 1


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of planes to convolve, then the taps from the centre outwards.

    A plane may be interleaved pixels.
    """

    def separable(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, pixel, rows = geometry[REACH], geometry[SOURCE_PIXEL], geometry[ROWS]
        samples, width = geometry[COLUMNS] * pixel // 4, (geometry[COLUMNS] + 2 * reach) * pixel // 4
        convolved = int(parameters[0])
        taps = carray(parameters, (reach + 2,)).ctypes.data + 4
        wide = carray(scratch, (2 * width,)).ctypes.data
        for plane in range(convolved):
            out = address_of(target) + plane * geometry[TARGET_PLANE]
            for row in range(0, rows, 2):
                for below in range(down_columns(source, geometry, taps, plane, row, wide, width)):
                    line = out + (row + below) * geometry[TARGET_ROW]
                    convolve_row(wide + 4 * below * width + reach * pixel, pixel, taps, reach, line, samples)
        for plane in range(convolved, geometry[PLANES_IN]):
            for row in range(rows):
                copy_line(source, target, geometry, plane, plane, row)

    return separable
