"""Stage: each pixel the mean of a square block of interleaved float32 pixels of memory."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, LEFT, ROWS, SOURCE_HEIGHT, SOURCE_ROW, SOURCE_WIDTH, TARGET_ROW, TOP
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

DOUBLE = "a float32 sum of a million pixels is off by more than a level"
TOGETHER = 24
"""Samples with a sum of their own: whole pixels of any layout."""
ROOM = 2 * TOGETHER


@register_jitable
def add_samples(channels: Any, line: Any, begin: Any, count: Any, sums: Any, weighted: Any) -> None:
    """To the sums of those of each, and to those weighted by alpha."""
    for k in range(count):
        sums[k] += np.float64(line[begin + k])
    if channels % 2 == 0:
        for k in range(count):
            weight = line[begin + k - k % channels + channels - 1]
            weighted[k] += np.float64(line[begin + k] * weight)


@register_jitable
def gather(channels: Any, sums: Any, weighted: Any, count: Any, out: Any) -> None:
    """One pixel of the sums of so many."""
    alpha = channels - 1
    for channel in range(channels):
        total, seen, cover = 0.0, 0.0, 0.0
        for k in range(channel, TOGETHER, channels):
            total += sums[k]
            if channels % 2 == 0:
                seen += weighted[k]
                cover += sums[k - channel + alpha]
        out[channel] = f4(seen / cover) if cover > 0.0 and channel < alpha else f4(total / count)


def build(channels: int) -> Callable[..., None]:
    """A stage whose parameter is the side of a block, a whole number; at the last edges blocks are smaller.

    With 2 or 4 channels colours are weighted by the last; they are not where that comes to nothing.
    """

    @register_jitable
    def mean(source: Any, row: Any, rows: Any, columns: Any, sums: Any, weighted: Any, out: Any) -> None:
        samples = columns * channels
        whole = samples - samples % TOGETHER
        for k in range(TOGETHER):
            sums[k] = weighted[k] = 0.0
        for y in range(rows):
            line = carray(pointer_to(source + y * row), (samples,), np.float32)
            for x in range(0, whole, TOGETHER):
                add_samples(channels, line, x, TOGETHER, sums, weighted)
            add_samples(channels, line, whole, samples - whole, sums, weighted)
        gather(channels, sums, weighted, np.float64(rows * columns), carray(pointer_to(out), (channels,), np.float32))

    def block_means(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        side, row, pixel = np.int64(carray(parameters, (1,)).view(i4)[0]), geometry[SOURCE_ROW], 4 * channels
        sums = carray(pointer_to(address_of(room(ROOM))), (TOGETHER,), np.float64)
        weighted = carray(pointer_to(address_of(room(ROOM))), (TOGETHER,), np.float64)
        for j in range(geometry[ROWS]):
            top = (geometry[TOP] + j) * side
            rows = min(side, geometry[SOURCE_HEIGHT] - top)
            for i in range(geometry[COLUMNS]):
                left = (geometry[LEFT] + i) * side
                columns = min(side, geometry[SOURCE_WIDTH] - left)
                block = address_of(source) + top * row + left * pixel
                out = address_of(target) + j * geometry[TARGET_ROW] + i * pixel
                mean(block, row, rows, columns, sums, weighted, out)

    return block_means
