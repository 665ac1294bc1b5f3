"""Rows a block of pixels at a time: pixels or planes become float32 planes, are changed, and become either again."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.point_blocks import BLOCK, PLANE, read_block, write_block
from engine.kernels.room import room

Layout = tuple[int, int, int, int]
"""Bits of a sample and channels of the source, then of the target; 0 bits are planes."""
PIXEL = 16
"""Bytes of the largest pixel."""
ROOM = 3 * PIXEL * BLOCK // 4
"""Numbers for a block as planes, and for the source and the target of a row narrower than a block."""


@register_jitable
def copy_planes(planes: Any, source: Any, apart: Any, target: Any, gap: Any, count: Any) -> None:
    """`count` bytes of each plane, which lie `apart` and shall lie a `gap` from each other."""
    for plane in range(planes):
        line = carray(pointer_to(source + plane * apart), (count,), np.uint8)
        out = carray(pointer_to(target + plane * gap), (count,), np.uint8)
        for x in range(count):
            out[x] = line[x]


def blockwise(layout: Layout, work: Callable[..., None]) -> Callable[..., None]:
    """A stage that has `work(parameters, geometry, block, row, x)` change the planes at address `block`.

    x and row are the block's first pixel. A grey source of a coloured target counts as three equal colours.
    """
    bits_in, channels_in, bits_out, channels_out = layout
    more = channels_out - channels_in
    pixel_in, pixel_out = (bits // 8 * count if bits else 4 for bits, count in (layout[:2], layout[2:]))
    planes_in, planes_out = channels_in if bits_in == 0 else 1, channels_out if bits_out == 0 else 1

    def rows(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        block = carray(room(ROOM), (ROOM,)).ctypes.data
        narrow_in, narrow_out = block + PIXEL * BLOCK, block + 2 * PIXEL * BLOCK
        columns = geometry[COLUMNS]
        for row in range(geometry[ROWS]):
            first = address_of(source) + row * geometry[SOURCE_ROW]
            last = address_of(target) + row * geometry[TARGET_ROW]
            out, apart_in, apart_out, width = last, geometry[SOURCE_PLANE], geometry[TARGET_PLANE], columns
            if columns < BLOCK:
                copy_planes(planes_in, first, apart_in, narrow_in, PLANE, columns * pixel_in)
                first, out, apart_in, apart_out, width = narrow_in, narrow_out, PLANE, PLANE, BLOCK
            for start in range(0, width, BLOCK):
                # The last block overlaps the one before it.
                x = min(start, width - BLOCK)
                read_block(bits_in, channels_in, more, first + x * pixel_in, apart_in, block)
                work(parameters, geometry, block, row, x)
                write_block(bits_out, channels_out, block, out + x * pixel_out, apart_out)
            if columns < BLOCK:
                copy_planes(planes_out, narrow_out, PLANE, last, geometry[TARGET_PLANE], columns * pixel_out)

    return rows
