"""Stage: how often each 8-bit code of each colour is there, added to counters; transparent pixels do not count."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW

SCALAR = "samples say which counter is next"
CODES = 256


def build(channels: int) -> Callable[..., None]:
    """A stage without parameters, for interleaved pixels of so many channels."""
    colours = channels - 1 + channels % 2

    def measure_codes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        counts = carray(target, (colours * CODES,), np.int64)
        samples = geometry[COLUMNS] * channels
        for row in range(geometry[ROWS]):
            start = row * geometry[SOURCE_ROW]
            line = carray(source, (start + samples,), np.uint8)[start:]
            for x in range(np.uintp(geometry[COLUMNS])):
                pixel = x * np.uintp(channels)
                counted = np.int64(colours == channels or line[pixel + np.uintp(channels - 1)] > 0)
                for colour in range(np.uintp(colours)):
                    counts[np.uintp(colour * CODES) + np.uintp(line[pixel + colour])] += counted

    return measure_codes
