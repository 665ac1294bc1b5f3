"""Stage: the sum of each colour plane's samples, in whole numbers, and how many there are, added to counters."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import source_line
from engine.kernels.signature import f4, i4
from engine.kernels.tone_class import alpha_line, colours_of

WHOLE = 2.0**30
"""What 1 counts as: whole numbers give one sum in any order."""


def build(function: None) -> Callable[..., None]:
    """A stage without parameters; samples are limited to 0..1."""

    def measure_means(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours = colours_of(geometry)
        opaque = colours == geometry[PLANES_IN]
        counts = carray(target, (2 * colours,), np.int64)
        for row in range(geometry[ROWS]):
            alpha = alpha_line(source, geometry, row)
            for plane in range(colours):
                line = source_line(source, geometry, plane, row)
                total, pixels = np.int64(0), np.int64(0)
                for x in range(line.size):
                    sample = max(f4(0.0), line[x])
                    whole = i4((min(f4(1.0), sample)) * f4(WHOLE))
                    counted = (line[x] == line[x]) & (opaque | (alpha[x] > f4(0.0)))
                    total += np.int64(whole if counted else i4(0))
                    pixels += np.int64(counted)
                counts[2 * plane] += total
                counts[2 * plane + 1] += pixels

    return measure_means
