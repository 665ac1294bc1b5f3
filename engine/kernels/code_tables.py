"""Stage: 8-bit interleaved pixels through a table for each colour; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW, TARGET_ROW

SCALAR = "a look-up loads one entry a sample; gathers are no quicker"
CODES = 256


def build(channels: int) -> Callable[..., None]:
    """A stage whose parameters are tables of bytes, one for each colour."""
    colours = channels - 1 + channels % 2

    def code_tables(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        tables = carray(parameters, (colours * CODES // 4,)).view(np.uint8)
        samples = geometry[COLUMNS] * channels
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW], row * geometry[TARGET_ROW]
            line = carray(source, (start + samples,), np.uint8)[start:]
            out = carray(target, (end + samples,), np.uint8)[end:]
            for x in range(np.uintp(geometry[COLUMNS])):
                pixel = x * np.uintp(channels)
                for colour in range(np.uintp(colours)):
                    out[pixel + colour] = tables[np.uintp(colour * CODES) + np.uintp(line[pixel + colour])]
                if colours < channels:
                    out[pixel + np.uintp(colours)] = line[pixel + np.uintp(colours)]

    return code_tables
