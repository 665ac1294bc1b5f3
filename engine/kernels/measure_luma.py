"""Stage: how many pixels are in each class of luma, added to counters."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import source_line
from engine.kernels.signature import f4, i4
from engine.kernels.tone_class import CLASSES, alpha_line, colours_of, tone_class

SCALAR = "samples say which counter is next"
RED, GREEN, BLUE, SHIFT = 54, 183, 19, 8
"""As `engine.kinds.measured` has them, which add up to 2 ** SHIFT."""


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def measure_luma(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours = colours_of(geometry)
        opaque = colours == geometry[PLANES_IN]
        second, third = (1, 2) if colours > 1 else (0, 0)
        counts = carray(target, (CLASSES,), np.int64)
        for row in range(geometry[ROWS]):
            alpha = alpha_line(source, geometry, row)
            red = source_line(source, geometry, 0, row)
            green = source_line(source, geometry, second, row)
            blue = source_line(source, geometry, third, row)
            for x in range(np.uintp(red.size)):
                numbers = red[x] == red[x] and green[x] == green[x] and blue[x] == blue[x]
                weighted = i4(RED) * tone_class(red[x]) + i4(GREEN) * tone_class(green[x])
                luma = (weighted + i4(BLUE) * tone_class(blue[x])) >> i4(SHIFT)
                counts[np.uintp(luma)] += np.int64(numbers and (opaque or alpha[x] > f4(0.0)))

    return measure_luma
