"""Stage: float32 planes to 8- or 16-bit interleaved pixels, clipped and rounded half up."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import COLUMNS, PLANES_IN, ROWS, TARGET_ROW
from engine.kernels.lines import source_line
from engine.kernels.signature import f4, i4


def build(codes: type[np.uint8] | type[np.uint16]) -> Callable[..., None]:
    """A stage without parameters."""
    top = (1 << (8 * np.dtype(codes).itemsize)) - 1

    def store_codes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        channels, columns = geometry[PLANES_IN], geometry[COLUMNS]
        for row in range(geometry[ROWS]):
            start = row * geometry[TARGET_ROW]
            for channel in range(channels):
                line = source_line(source, geometry, channel, row)
                pixels = carray(target, (start + columns * channels,), codes)[start + channel :]
                for x in range(np.uintp(columns)):
                    scaled = line[x] * f4(top) + f4(0.5)
                    pixels[x * np.uintp(channels)] = codes(i4(min(max(scaled, f4(0.0)), f4(top + 0.5))))

    return store_codes
