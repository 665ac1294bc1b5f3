"""Stage: a function of one pixel's colours and its place in the picture; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, LEFT, PLANES_IN, PLANES_OUT, ROWS, SOURCE_HEIGHT, SOURCE_WIDTH, TOP
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

BLOCK = 256
"""Pixels at a time: their colours are made beside each other, at distances that the compiler knows (it gives up on
vectors where three rows that it knows nothing of are read and three are written), and then copied."""
ROOM = 3 * BLOCK


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function((red, green, blue), (x, y, width, height), constants)`."""

    def pixel(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes, columns = geometry[PLANES_IN], geometry[COLUMNS]
        colours, outputs = planes - 1 + planes % 2, geometry[PLANES_OUT] - 1 + geometry[PLANES_OUT] % 2
        second, third = (1, 2) if colours == 3 else (0, 0)
        width, height = f4(geometry[SOURCE_WIDTH]), f4(geometry[SOURCE_HEIGHT])
        made = carray(room(ROOM), (ROOM,), np.float32)
        for row in range(geometry[ROWS]):
            y = f4(geometry[TOP] + row) + f4(0.5)
            for start in range(0, columns, BLOCK):
                red = source_line(source, geometry, 0, row)[start:]
                green = source_line(source, geometry, second, row)[start:]
                blue = source_line(source, geometry, third, row)[start:]
                left, count = i4(geometry[LEFT] + start), min(BLOCK, columns - start)
                for k in range(count):
                    x = f4(i4(left + i4(k))) + f4(0.5)
                    a, b, c = function((red[k], green[k], blue[k]), (x, y, width, height), constants)
                    made[k] = a
                    made[BLOCK + k] = b
                    made[2 * BLOCK + k] = c
                for plane in range(outputs):
                    out = target_line(target, geometry, plane, row)[start:]
                    line = made[plane * BLOCK :]
                    for k in range(count):
                        out[k] = line[k]
            if planes > colours:
                copy_line(source, target, geometry, colours, outputs, row)

    return pixel
