"""Stage: 8-bit codes as 16-bit ones, full scale to full scale."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def widen(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL]
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW], row * geometry[TARGET_ROW] // 2
            line = carray(source, (start + samples,), np.uint8)[start:]
            out = carray(target, (end + samples,), np.uint16)[end:]
            for x in range(samples):
                out[x] = np.uint16(np.uint16(line[x]) * np.uint16(257))

    return widen
