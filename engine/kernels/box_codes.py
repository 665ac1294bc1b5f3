"""Stage: means of squares of interleaved 8- or 16-bit codes: running sums down columns and along rows, exact."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.box_sums import RUN, TOGETHER, column_sums, running_sums
from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, REACH, ROWS, SOURCE_ROW, TARGET_PIXEL, TARGET_ROW
from engine.kernels.signature import f4

LANES = 64


@register_jitable
def slide(sums: Any, entering: Any, leaving: Any) -> None:
    """Move columns' sums down by a row."""
    kind = sums.dtype.type
    for x in range(sums.size):
        sums[x] = kind(kind(sums[x] + kind(entering[x])) - kind(leaving[x]))


@register_jitable
def finish(later: Any, earlier: Any, out: Any, factor: Any, extra: Any, top: Any) -> None:
    """Differences of running sums, scaled, clipped and cut off."""
    for x in range(out.size):
        scaled = f4(later.dtype.type(later[x] - earlier[x])) * factor + extra
        out[x] = out.dtype.type(np.int32(min(max(scaled, f4(0.0)), top)))


def build(layout: tuple[type[np.uint8] | type[np.uint16], int]) -> Callable[..., None]:
    """A stage for one kind of codes and number of channels, whose parameters are a factor and what is added.

    The columns' sums of 8-bit codes fit 16 bits up to a radius of 128, the square's of 16-bit codes 32 bits up to 127.
    """
    codes, channels = layout
    size = np.dtype(codes).itemsize
    kind, whole = (np.uint16, np.int32) if size == 1 else (np.uint32, np.uint32)
    bits, wide = 8 * size, 16 * size

    def box_codes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, stride, side = geometry[REACH], geometry[SOURCE_ROW], 2 * geometry[REACH] + 1
        samples, width = geometry[COLUMNS] * channels, (geometry[COLUMNS] + 2 * reach) * channels
        factor, extra = parameters[0], parameters[1]
        first, room = address_of(source), carray(scratch, (width,)).ctypes.data
        sums = carray(pointer_to(room), (width,), kind)
        totals = carray(pointer_to(room + 2 * size * width), (channels + width,), whole)
        totals[:channels] = 0
        for x in range(0, width - LANES + 1, LANES):
            column_sums(LANES, bits, wide, first + size * x, stride, side, room + 2 * size * x)
        for x in range(width - width % LANES, width):
            column_sums(1, bits, wide, first + size * x, stride, side, room + 2 * size * x)
        for row in range(geometry[ROWS]):
            if row > 0:
                leaving = carray(pointer_to(first + (row - 1) * stride), (width,), codes)
                slide(sums, carray(pointer_to(first + (row - 1 + side) * stride), (width,), codes), leaving)
            blocks = width // (TOGETHER * RUN)
            done, summed = blocks * TOGETHER * RUN, totals.ctypes.data + 4 * channels
            running_sums(TOGETHER, wide, channels, room, summed, blocks)
            rest = (width - done + RUN - 1) // RUN
            running_sums(1, wide, channels, room + 2 * size * done, summed + 4 * done, rest)
            line = pointer_to(address_of(target) + row * geometry[TARGET_ROW])
            later, earlier = totals[side * channels :], totals
            if geometry[TARGET_PIXEL] == channels:
                finish(later, earlier, carray(line, (samples,), np.uint8), factor, extra, f4(255.5))
            else:
                finish(later, earlier, carray(line, (samples,), np.uint16), factor, extra, f4(65535.5))

    return box_codes
