"""Stage: 8- or 16-bit interleaved pixels to float32 planes, by a line."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.interleave import PIXELS, address_of, split_codes
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.signature import f4


def build(layout: tuple[type[np.uint8] | type[np.uint16], int]) -> Callable[..., None]:
    """A stage for one kind of codes and number of channels, whose parameters are a factor and what is added."""
    codes, channels = layout
    size = np.dtype(codes).itemsize
    bits = 8 * size

    def load_codes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        columns, plane = geometry[COLUMNS], geometry[TARGET_PLANE]
        whole, scale, low = columns - columns % PIXELS, parameters[0], parameters[1]
        for row in range(geometry[ROWS]):
            first = address_of(source) + row * geometry[SOURCE_ROW]
            out = address_of(target) + row * geometry[TARGET_ROW]
            for x in range(0, whole, PIXELS):
                split_codes(bits, channels, first + x * channels * size, out + 4 * x, plane, scale, low)
            start, end = row * geometry[SOURCE_ROW] // size, row * geometry[TARGET_ROW] // 4
            apart = plane // 4
            pixels = carray(source, (start + columns * channels,), codes)[start:]
            planes = carray(target, (end + (channels - 1) * apart + columns,), np.float32)[end:]
            for channel in range(channels):
                for x in range(whole, columns):
                    planes[channel * apart + x] = f4(pixels[x * channels + channel]) * scale + low

    return load_codes
