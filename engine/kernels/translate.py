"""Stage: interleaved 16-bit codes to codes of 8 or 16 bits through one table."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW
from engine.kernels.lookup import look_up

SCALAR = "a look-up loads one entry a sample; gathers are no quicker"
CODES = 65536


def build(made: type[np.uint8] | type[np.uint16]) -> Callable[..., None]:
    """A stage whose parameters are a table of codes."""
    size = np.dtype(made).itemsize

    def translate(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL] // 2
        table = carray(parameters, (CODES * size // 4,)).view(made)
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW] // 2, row * geometry[TARGET_ROW] // size
            line = carray(source, (start + samples,), np.uint16)[start:]
            look_up(table, line, carray(target, (end + samples,), made)[end:])

    return translate
