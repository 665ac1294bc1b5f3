"""Stage: how often each level of luma is in each tile, added to counters; a tone between two counts for both."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, LEFT, PLANES_IN, ROWS, TOP
from engine.kernels.signature import f4, i4
from engine.kernels.tiles import (
    ACROSS,
    DOWN,
    HEIGHT,
    LEVELS,
    NUMBERS,
    WEIGHTS,
    WIDTH,
    colour_lines,
    first_of,
    luma,
    tile_of,
)
from engine.kernels.tone_class import alpha_line, colours_of

SCALAR = "samples say which counter is next"
WHOLE = 1 << 20
"""What a pixel counts: whole numbers give one sum in any order."""


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are weights of the colours and numbers of the tiles."""

    def measure_tiles(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (NUMBERS,))
        n = p[WEIGHTS:].view(i4)
        height, width = np.int64(n[HEIGHT]), np.int64(n[WIDTH])
        down, across = np.int64(n[DOWN]), np.int64(n[ACROSS])
        counts = carray(target, (down * across * LEVELS,), np.int64)
        left, opaque = geometry[LEFT], colours_of(geometry) == geometry[PLANES_IN]
        for row in range(geometry[ROWS]):
            alpha = alpha_line(source, geometry, row)
            red, green, blue = colour_lines(source, geometry, row)
            tile, x = tile_of(left, width, across), 0
            first = tile_of(geometry[TOP] + row, height, down) * across
            while x < geometry[COLUMNS]:
                until = min(geometry[COLUMNS], first_of(tile + 1, width, across) - left)
                own = counts[(first + tile) * LEVELS :]
                for k in range(np.uintp(x), np.uintp(until)):
                    place = luma(p, red[k], green[k], blue[k]) * f4(LEVELS - 1)
                    level = min(i4(place), i4(LEVELS - 2))
                    above = i4((place - f4(level)) * f4(WHOLE))
                    numbers = red[k] == red[k] and green[k] == green[k] and blue[k] == blue[k]
                    counted = numbers and (opaque or alpha[k] > f4(0.0))
                    own[np.uintp(level)] += np.int64(i4(WHOLE) - above if counted else i4(0))
                    own[np.uintp(level) + np.uintp(1)] += np.int64(above if counted else i4(0))
                tile, x = tile + 1, until

    return measure_tiles
