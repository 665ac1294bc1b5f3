"""Stage: pixels of strong lines are white in all colours, others black; alpha comes from the plane behind the cells."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, LEFT, PLANES_OUT, ROWS, SOURCE_PLANE, TOP
from engine.kernels.lines import target_line
from engine.kernels.signature import f4, i4

SCALAR = "which cell is next is known when the last is read"


@register_jitable
def is_strong(cells: Any, pixel: Any) -> Any:
    """Whether a pixel is on a line whose standing pixel is strong."""
    at = pixel
    if cells[at] < 0:
        return False
    while cells[at] >> 1 != at:
        at = cells[at] >> 1
    return cells[at] & 1 == 1


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the picture's height and width, whole numbers; its source is all cells."""

    def draw_lines(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        size = carray(parameters, (2,)).view(i4)
        width, columns = np.int64(size[1]), geometry[COLUMNS]
        colours = geometry[PLANES_OUT] - 1 + geometry[PLANES_OUT] % 2
        cells = carray(source, (size[0] * width,), np.int64)
        for row in range(geometry[ROWS]):
            first, line = (geometry[TOP] + row) * width + geometry[LEFT], target_line(target, geometry, 0, row)
            for x in range(columns):
                line[x] = f4(1.0) if is_strong(cells, first + x) else f4(0.0)
            for plane in range(1, colours):
                out = target_line(target, geometry, plane, row)
                for x in range(columns):
                    out[x] = line[x]
            if colours < geometry[PLANES_OUT]:
                begin = geometry[SOURCE_PLANE] // 4 + 2 * first
                shares = carray(source, (begin + 2 * columns,), np.float32)[begin:]
                out = target_line(target, geometry, colours, row)
                for x in range(columns):
                    out[x] = shares[2 * x]

    return draw_lines
