"""Stage: 8- or 16-bit codes to float32 as they lie, through a table; nothing is taken apart."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW
from engine.kernels.lookup import look_up

SCALAR = "a look-up loads one entry a sample; gathers are no quicker"


def build(codes: type[np.uint8] | type[np.uint16]) -> Callable[..., None]:
    """A stage whose parameters are the values of all codes."""
    size = np.dtype(codes).itemsize

    def single_table(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL] // size
        table = carray(parameters, (1 << 8 * size,))
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW] // size, row * geometry[TARGET_ROW] // 4
            line = carray(source, (start + samples,), codes)[start:]
            look_up(table, line, carray(target, (end + samples,), np.float32)[end:])

    return single_table
