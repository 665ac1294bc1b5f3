"""Stage: one function of one sample over colour planes, or over interleaved pixels without alpha; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.np.unsafe.ndarray import to_fixed_tuple

from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)

CONSTANTS = 48


def build(function: Callable[[Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(sample, constants)`."""

    def curve(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        constants = to_fixed_tuple(carray(parameters, (CONSTANTS,), np.float32), CONSTANTS)
        planes, samples = geometry[PLANES_IN], geometry[COLUMNS] * geometry[SOURCE_PIXEL] // 4
        colours = planes - 1 + planes % 2
        for row in range(geometry[ROWS]):
            for plane in range(planes):
                start = (plane * geometry[SOURCE_PLANE] + row * geometry[SOURCE_ROW]) // 4
                end = (plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]) // 4
                line = carray(source, (start + samples,), np.float32)[start:]
                out = carray(target, (end + samples,), np.float32)[end:]
                if plane < colours:
                    for x in range(samples):
                        out[x] = function(line[x], constants)
                else:
                    for x in range(samples):
                        out[x] = line[x]

    return curve
