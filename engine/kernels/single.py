"""Stage: 8- or 16-bit codes to float32 as they lie, full scale to 1; nothing is taken apart."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW
from engine.kernels.signature import f4


def build(codes: type[np.uint8] | type[np.uint16]) -> Callable[..., None]:
    """A stage without parameters."""
    size = np.dtype(codes).itemsize
    scale = 1.0 / ((1 << 8 * size) - 1)

    def single(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL] // size
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW] // size, row * geometry[TARGET_ROW] // 4
            line = carray(source, (start + samples,), codes)[start:]
            out = carray(target, (end + samples,), np.float32)[end:]
            for x in range(samples):
                out[x] = f4(line[x]) * f4(scale)

    return single
