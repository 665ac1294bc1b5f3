"""Stage: the pixel that stands for a line is set in all its cells, and is marked where a cell is strong, in memory."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.intrinsics import atomic_store
from engine.kernels.layout import COLUMNS, LEFT, ROWS, TOP
from engine.kernels.line_cells import standing
from engine.kernels.signature import i4

SCALAR = "which cell is next is known when the last is read"


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the picture's height and width, whole numbers; its source is all cells."""

    def mark_lines(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        size = carray(parameters, (2,)).view(i4)
        height, width = np.int64(size[0]), np.int64(size[1])
        cells = carray(source, (height * width,), np.int64)
        for row in range(geometry[ROWS]):
            first = (geometry[TOP] + row) * width + geometry[LEFT]
            for pixel in range(first, first + geometry[COLUMNS]):
                if cells[pixel] < 0:
                    continue
                stands, strong = standing(cells, pixel), cells[pixel] & 1
                if strong:
                    atomic_store(cells, stands, 2 * stands + 1)
                if stands != pixel:
                    # The way back was long in a spiral: whoever draws takes one step.
                    atomic_store(cells, pixel, 2 * stands + strong)

    return mark_lines
