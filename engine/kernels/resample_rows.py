"""Stage: each row a weighted mean of source rows, with weights of its own; samples lie as they did."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    SOURCE_TOP,
    TARGET_PLANE,
    TARGET_ROW,
    TOP,
)
from engine.kernels.weighing import LANES, places, weigh_down

Kind = type[np.uint8] | type[np.uint16] | type[np.float32]


def build(kinds: tuple[Kind, Kind]) -> Callable[..., None]:
    """A stage from samples of one kind to another; its parameters are places, codes made in units of a code."""
    size, size_made = (np.dtype(kind).itemsize for kind in kinds)
    bits, made = 8 * size, 8 * size_made

    def resample_rows(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        firsts, counts, weights, apart = places(parameters)
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL] // size
        step = geometry[SOURCE_ROW]
        for plane in range(geometry[PLANES_IN]):
            for row in range(geometry[ROWS]):
                place = geometry[TOP] + row
                near = address_of(source) + plane * geometry[SOURCE_PLANE]
                near += (firsts[place] - geometry[SOURCE_TOP]) * step
                out = address_of(target) + plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]
                own, count = weights + place * apart, counts[place]
                if samples < LANES:
                    for x in range(samples):
                        weigh_down(bits, made, 1, near + size * x, step, own, count, out + size_made * x)
                else:
                    for begin in range(0, samples, LANES):
                        x = min(begin, samples - LANES)
                        weigh_down(bits, made, LANES, near + size * x, step, own, count, out + size_made * x)

    return resample_rows
