"""Stage: float32 planes to interleaved float32 pixels, neither clipped nor rounded."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, PLANES_IN, ROWS, TARGET_ROW
from engine.kernels.lines import source_line


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def store_float(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        channels, columns = geometry[PLANES_IN], geometry[COLUMNS]
        for row in range(geometry[ROWS]):
            start = row * geometry[TARGET_ROW] // 4
            for channel in range(channels):
                line = source_line(source, geometry, channel, row)
                pixels = carray(target, (start + columns * channels,), np.float32)[start + channel :]
                for x in range(np.uintp(columns)):
                    pixels[x * np.uintp(channels)] = line[x]

    return store_float
