"""Stage: a symmetric convolution of interleaved 16-bit codes in 16-bit arithmetic, to 16-bit or 8-bit codes."""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.fixed_convolution import fixed_bytes, fixed_row, fixed_rows
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, REACH, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_PIXEL, TARGET_ROW


@register_jitable
def down_columns(source: Any, geometry: Any, weights: Any, row: Any, target: Any, width: Any) -> Any:
    """The columns' averages of an output row and, if there is one, the next; how many rows these are."""
    reach, stride = geometry[REACH], geometry[SOURCE_ROW]
    centre = address_of(source) + (row + reach) * stride
    if row + 1 < geometry[ROWS]:
        fixed_rows(centre, stride, weights, reach, target, 2 * width, width)
        return 2
    fixed_row(centre, stride, weights, reach, target, width)
    return 1


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are bias and weights, twice each; what comes out has 8 or 16 bits."""

    def fixed_separable(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns, pixel = geometry[REACH], geometry[COLUMNS], geometry[SOURCE_PIXEL]
        samples, width = columns * pixel // 2, (columns + 2 * reach) * pixel // 2
        weights = carray(parameters, (reach + 2,)).ctypes.data
        wide = carray(scratch, (width,)).ctypes.data
        for row in range(0, geometry[ROWS], 2):
            for below in range(down_columns(source, geometry, weights, row, wide, width)):
                centre = wide + 2 * below * width + reach * pixel
                line = address_of(target) + (row + below) * geometry[TARGET_ROW]
                if geometry[TARGET_PIXEL] < pixel:
                    fixed_bytes(centre, pixel, weights, reach, line, samples)
                else:
                    fixed_row(centre, pixel, weights, reach, line, samples)

    return fixed_separable
