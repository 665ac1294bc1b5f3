"""Stage: pixels that touch become one line, in the cells where they lie in memory; nothing is made."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, LEFT, ROWS, TOP
from engine.kernels.line_cells import unite
from engine.kernels.signature import i4

SCALAR = "which cell is next is known when the last is read"


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the picture's height and width, whole numbers; its source is all cells."""

    def unite_lines(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        size = carray(parameters, (2,)).view(i4)
        height, width = np.int64(size[0]), np.int64(size[1])
        cells = carray(source, (height * width,), np.int64)
        for row in range(geometry[ROWS]):
            y = geometry[TOP] + row
            for x in range(geometry[LEFT], geometry[LEFT] + geometry[COLUMNS]):
                pixel = y * width + x
                if cells[pixel] < 0:
                    continue
                left = x > 0 and cells[pixel - 1] >= 0
                if left:
                    unite(cells, pixel, pixel - 1)
                if y == 0:
                    continue
                # Neighbours that touch each other are united where they are looked at themselves.
                if cells[pixel - width] >= 0:
                    unite(cells, pixel, pixel - width)
                    continue
                if not left and x > 0 and cells[pixel - width - 1] >= 0:
                    unite(cells, pixel, pixel - width - 1)
                if x < width - 1 and cells[pixel - width + 1] >= 0:
                    unite(cells, pixel, pixel - width + 1)

    return unite_lines
