"""Stage: a picture of 8- or 16-bit codes at half its size, each pixel the mean of four, straight from code to code."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.halving import REGISTERS, halve, pixels_of
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW, TARGET_ROW


def build(layout: tuple[type[np.uint8] | type[np.uint16], int]) -> Callable[..., None]:
    """A stage for 1 or 3 interleaved channels; it has no parameters. Its source is memory, not a buffer."""
    codes, channels = layout
    size = np.dtype(codes).itemsize
    pixel, together = channels * size, REGISTERS * pixels_of(channels, size)

    def area_half(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        row, columns = geometry[SOURCE_ROW], geometry[COLUMNS]
        # A register may be wider than the pixels in it: one pixel more must be there.
        whole = max(0, columns - 1) // together * together
        for y in range(geometry[ROWS]):
            start, end = 2 * y * row, y * geometry[TARGET_ROW]
            near, out = address_of(source) + start, address_of(target) + end
            for x in range(0, whole, together):
                halve(channels, size, near + 2 * x * pixel, row, out + x * pixel)
            samples, first, second = 2 * columns * channels, start // size, (start + row) // size
            above = carray(source, (first + samples,), codes)[first:]
            below = carray(source, (second + samples,), codes)[second:]
            line = carray(target, (end // size + samples // 2,), codes)[end // size :]
            for x in range(whole, columns):
                for channel in range(channels):
                    left = 2 * x * channels + channel
                    right = left + channels
                    line[x * channels + channel] = (above[left] + above[right] + below[left] + below[right] + 2) >> 2

    return area_half
