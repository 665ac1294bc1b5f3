"""Stage: float32 interleaved pixels to planes."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_OUT, ROWS, SOURCE_ROW
from engine.kernels.lines import target_line


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def load_float(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        channels = geometry[PLANES_OUT]
        for row in range(geometry[ROWS]):
            start = row * geometry[SOURCE_ROW] // 4
            for channel in range(channels):
                out = target_line(target, geometry, channel, row)
                pixels = carray(source, (start + out.size * channels,), np.float32)[start + channel :]
                for x in range(np.uintp(out.size)):
                    out[x] = pixels[x * np.uintp(channels)]

    return load_float
