"""Stage: a function of a small square of one plane; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS, SOURCE_PLANE, SOURCE_ROW
from engine.kernels.lines import copy_line, target_line


def build(function: Callable[[Any, int, int, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(plane, y, x, constants)`, (y, x) being the square's upper left corner."""

    def neighbourhood(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes, height = geometry[PLANES_IN], geometry[SOURCE_PLANE] // geometry[SOURCE_ROW]
        colours = planes - 1 + planes % 2
        square = 2 * geometry[REACH] + 1
        lines = carray(source, (planes * height, geometry[SOURCE_ROW] // 4), np.float32)
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                top = plane * height + row
                window = lines[top : top + square]
                out = target_line(target, geometry, plane, row)
                for x in range(geometry[COLUMNS]):
                    out[x] = function(window, 0, x, constants)
            if planes > colours:
                copy_line(source, target, geometry, colours, colours, row)

    return neighbourhood
