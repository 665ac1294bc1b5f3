"""Stage: float32 planes become pixels of a few numbers: one for grey, four for three colours, else weighted ones first.

With alpha a pixel is its colours times alpha, alpha, its colours and alpha again.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import ROWS, TARGET_PIXEL, TARGET_ROW
from engine.kernels.lines import source_line
from engine.kernels.signature import f4

SCALAR = "four or eight rows are woven into one, which LLVM leaves to single moves"


def build(channels: int) -> Callable[..., None]:
    """A stage without parameters."""
    alpha = channels - 1 if channels % 2 == 0 else -1

    def weave(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        numbers = np.uintp(geometry[TARGET_PIXEL] // 4)
        for row in range(geometry[ROWS]):
            start = row * geometry[TARGET_ROW] // 4
            for k in range(channels):
                line = source_line(source, geometry, k, row)
                size = line.size * geometry[TARGET_PIXEL] // 4
                out = carray(target, (start + size,), np.float32)[start:]
                if alpha < 0:
                    for x in range(np.uintp(line.size)):
                        out[x * numbers + np.uintp(k)] = line[x]
                else:
                    weight = source_line(source, geometry, alpha, row)
                    for x in range(np.uintp(line.size)):
                        out[x * numbers + np.uintp(k)] = line[x] * weight[x] if k < alpha else weight[x]
                        out[x * numbers + np.uintp(channels + k)] = line[x]
                if channels == 3 and k == 0:
                    for x in range(np.uintp(line.size)):
                        out[x * numbers + np.uintp(3)] = f4(0.0)

    return weave
