"""Stage: a symmetric convolution of each plane, combined at once with the picture as it was; not for alpha."""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.convolution import convolve_row, convolve_rows
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS, SOURCE_PLANE, SOURCE_ROW
from engine.kernels.lines import source_line, target_line


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(average, source, constants)`; eight constants come first, then the taps."""

    def separable_combined(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        reach, columns, rows = geometry[REACH], geometry[COLUMNS], geometry[ROWS]
        width, stride = columns + 2 * reach, geometry[SOURCE_ROW]
        taps = carray(parameters, (reach + 9,)).ctypes.data + 32
        room = carray(scratch, (2 * width + columns,))
        wide, averages = room.ctypes.data, room[2 * width :]
        for plane in range(geometry[PLANES_IN]):
            centre = address_of(source) + plane * geometry[SOURCE_PLANE] + reach * stride
            for row in range(0, rows, 2):
                if row + 1 < rows:
                    convolve_rows(centre + row * stride, stride, taps, reach, wide, 4 * width, width)
                else:
                    convolve_row(centre + row * stride, stride, taps, reach, wide, width)
                for below in range(min(2, rows - row)):
                    convolve_row(wide + 4 * (below * width + reach), 4, taps, reach, averages.ctypes.data, columns)
                    before = source_line(source, geometry, plane, row + below + reach)[reach:]
                    out = target_line(target, geometry, plane, row + below)
                    for x in range(out.size):
                        out[x] = function(averages[x], before[x], constants)

    return separable_combined
