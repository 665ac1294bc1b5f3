"""Stage: 8- or 16-bit interleaved pixels to float32 planes through a table; alpha through a table of its own."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_OUT, ROWS, SOURCE_ROW
from engine.kernels.lines import target_line

SCALAR = "a look-up loads one entry a sample; gathers are no quicker"


def build(codes: type[np.uint8] | type[np.uint16]) -> Callable[..., None]:
    """A stage whose parameters are a table for colours, then one for alpha, each as long as there are codes."""
    size = np.dtype(codes).itemsize
    length = 1 << 8 * size

    def load_table(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        channels = geometry[PLANES_OUT]
        colours = channels - 1 + channels % 2
        tables = carray(parameters, (2 * length,))
        for row in range(geometry[ROWS]):
            start = row * geometry[SOURCE_ROW] // size
            for channel in range(channels):
                out = target_line(target, geometry, channel, row)
                table = tables if channel < colours else tables[length:]
                pixels = carray(source, (start + out.size * channels,), codes)[start + channel :]
                for x in range(np.uintp(out.size)):
                    out[x] = table[pixels[x * np.uintp(channels)]]

    return load_table
