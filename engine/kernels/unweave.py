"""Stage: the inverse of `weave`: float32 planes, colours divided by alpha, or as they were where alpha is 0."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import ROWS, SOURCE_PIXEL, SOURCE_ROW
from engine.kernels.lines import target_line
from engine.kernels.signature import f4

SCALAR = "one row is taken apart into several, which LLVM leaves to single moves"


def build(channels: int) -> Callable[..., None]:
    """A stage without parameters."""
    alpha = channels - 1 if channels % 2 == 0 else -1

    def unweave(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        numbers = np.uintp(geometry[SOURCE_PIXEL] // 4)
        for row in range(geometry[ROWS]):
            start = row * geometry[SOURCE_ROW] // 4
            for k in range(channels):
                out = target_line(target, geometry, k, row)
                size = out.size * geometry[SOURCE_PIXEL] // 4
                line = carray(source, (start + size,), np.float32)[start:]
                if alpha < 0 or k == alpha:
                    for x in range(np.uintp(out.size)):
                        out[x] = line[x * numbers + np.uintp(k)]
                else:
                    for x in range(np.uintp(out.size)):
                        first = x * numbers
                        weight = line[first + np.uintp(alpha)]
                        before = line[first + np.uintp(channels + k)]
                        out[x] = line[first + np.uintp(k)] / weight if weight > f4(0.0) else before

    return unweave
