"""Stage: float32 to 8- or 16-bit codes as they lie, by a line, clipped and cut off; nothing is put together."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW, TARGET_PIXEL, TARGET_ROW
from engine.kernels.signature import f4, i4


def build(codes: type[np.uint8] | type[np.uint16]) -> Callable[..., None]:
    """A stage whose parameters are a factor and what is added."""
    size = np.dtype(codes).itemsize
    top = (1 << 8 * size) - 1

    def narrow(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples, factor, extra = geometry[COLUMNS] * geometry[TARGET_PIXEL] // size, parameters[0], parameters[1]
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW] // 4, row * geometry[TARGET_ROW] // size
            line = carray(source, (start + samples,), np.float32)[start:]
            out = carray(target, (end + samples,), codes)[end:]
            for x in range(samples):
                scaled = line[x] * factor + extra
                out[x] = codes(i4(min(max(scaled, f4(0.0)), f4(top + 0.5))))

    return narrow
