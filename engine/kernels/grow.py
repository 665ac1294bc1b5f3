"""Stage: rows between rows: each a weighted sum of the source's nearest, by weights of its own place between them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.blending import blend_block
from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    LEFT,
    PLANES_IN,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
    TOP,
)

LANES = 32
"""Outputs of each row at a time."""
STRIP = 1024
"""Columns of samples that all rows of a call are made of before the next ones: what they read stays in the cache."""


def build(kind: type[np.uint8] | type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """A stage that reads float32 samples in memory, in planes or interleaved, and makes samples of a kind.

    Parameters are the target's rows for one of the source, how many of these a row is made of, then for each of the
    places between two rows what is added, and weights from the first row on.
    """
    size = np.dtype(kind).itemsize
    bits = 8 * size

    def grow(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, stride, gap, rows = geometry[SOURCE_PIXEL], geometry[SOURCE_ROW], geometry[TARGET_ROW], geometry[ROWS]
        samples, every, count = geometry[COLUMNS] * pixel // 4, int(parameters[0]), int(parameters[1])
        table = carray(parameters, (2,)).ctypes.data + 8
        for plane in range(geometry[PLANES_IN]):
            start = address_of(source) + plane * geometry[SOURCE_PLANE] + geometry[LEFT] * pixel
            out = address_of(target) + plane * geometry[TARGET_PLANE]
            for strip in range(0, samples, STRIP):
                stop = min(samples, strip + STRIP)
                whole = stop - (stop - strip) % LANES
                row = 0
                while row < rows:
                    place = (geometry[TOP] + row) % every
                    first, line = start + (geometry[TOP] + row) // every * stride, out + row * gap
                    weights = table + 4 * place * (count + 1)
                    if place + 1 < every and row + 1 < rows:
                        for x in range(strip, whole, LANES):
                            blend_block(LANES, bits, 2, first + 4 * x, stride, weights, count, line + size * x, gap)
                        for x in range(whole, stop):
                            blend_block(1, bits, 2, first + 4 * x, stride, weights, count, line + size * x, gap)
                        row += 2
                    else:
                        for x in range(strip, whole, LANES):
                            blend_block(LANES, bits, 1, first + 4 * x, stride, weights, count, line + size * x, gap)
                        for x in range(whole, stop):
                            blend_block(1, bits, 1, first + 4 * x, stride, weights, count, line + size * x, gap)
                        row += 1

    return grow
