"""Stage: each row a weighted mean of source rows, with weights of its own; samples lie as they do in the source."""

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


def build(kind: type[np.uint8] | type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """A stage from samples of that kind to float32; its parameters are places."""
    size = np.dtype(kind).itemsize
    bits = 8 * size

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
                        weigh_down(bits, 1, near + size * x, step, own, count, out + 4 * x)
                else:
                    for x in range(0, samples - LANES + 1, LANES):
                        weigh_down(bits, LANES, near + size * x, step, own, count, out + 4 * x)
                    last = samples - LANES
                    weigh_down(bits, LANES, near + size * last, step, own, count, out + 4 * last)

    return resample_rows
