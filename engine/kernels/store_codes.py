"""Stage: float32 planes to 8- or 16-bit interleaved pixels, by a line, clipped and cut off."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.interleave import PIXELS, address_of, merge_codes
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_ROW
from engine.kernels.signature import f4, i4


def build(layout: tuple[type[np.uint8] | type[np.uint16], int]) -> Callable[..., None]:
    """A stage for one kind of codes and number of channels, whose parameters are a factor and what is added."""
    codes, channels = layout
    size = np.dtype(codes).itemsize
    bits, top = 8 * size, (1 << 8 * size) - 1

    def store_codes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        columns, plane = geometry[COLUMNS], geometry[SOURCE_PLANE]
        whole, factor, extra = columns - columns % PIXELS, parameters[0], parameters[1]
        for row in range(geometry[ROWS]):
            first = address_of(source) + row * geometry[SOURCE_ROW]
            out = address_of(target) + row * geometry[TARGET_ROW]
            for x in range(0, whole, PIXELS):
                merge_codes(bits, channels, first + 4 * x, out + x * channels * size, plane, factor, extra)
            start, end = row * geometry[SOURCE_ROW] // 4, row * geometry[TARGET_ROW] // size
            apart = plane // 4
            planes = carray(source, (start + (channels - 1) * apart + columns,), np.float32)[start:]
            pixels = carray(target, (end + columns * channels,), codes)[end:]
            for channel in range(channels):
                for x in range(whole, columns):
                    scaled = planes[channel * apart + x] * factor + extra
                    pixels[x * channels + channel] = codes(i4(min(max(scaled, f4(0.0)), f4(top + 0.5))))

    return store_codes
