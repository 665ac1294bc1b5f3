"""Stage: rows as they are, from memory into a buffer."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

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

SCALAR = "rows are moved by the C library's memcpy"


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def take(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        count = geometry[COLUMNS] * geometry[SOURCE_PIXEL]
        for plane in range(geometry[PLANES_IN]):
            for row in range(geometry[ROWS]):
                start = plane * geometry[SOURCE_PLANE] + row * geometry[SOURCE_ROW]
                end = plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]
                line = carray(source, (start + count,), np.uint8)[start:]
                out = carray(target, (end + count,), np.uint8)[end:]
                for x in range(count):
                    out[x] = line[x]

    return take
