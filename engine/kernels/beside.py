"""Stage: n planes become 2n, those of another picture behind them: in memory, of any layout, grey as three colours."""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.blockwise import copy_planes
from engine.kernels.interleave import address_of
from engine.kernels.joining import PLANES
from engine.kernels.layout import COLUMNS, OTHER, OTHER_PLANE, OTHER_ROW, PLANES_IN, ROWS, TARGET_PLANE, TARGET_ROW
from engine.kernels.lines import copy_line
from engine.kernels.point_blocks import BLOCK, PLANE, read_block
from engine.kernels.points import FAR, operate
from engine.kernels.room import room

BITS, CHANNELS, NUMBERS = 0, 1, 2
"""Parameters: bits of a sample of the other picture, 0 for planes, and its channels; NUMBERS, then its operations."""

ROOM = 2 * PLANES


@register_jitable
def read_as(bits: Any, channels: Any, source: Any, apart: Any, block: Any) -> None:
    """A block of pixels of any layout as planes."""
    if bits == 0:
        copy_planes(channels, source, apart, block, PLANE, PLANE)
    elif bits == 8:
        if channels == 1:
            read_block(8, 1, 0, source, 0, block)
        elif channels == 2:
            read_block(8, 2, 0, source, 0, block)
        elif channels == 3:
            read_block(8, 3, 0, source, 0, block)
        else:
            read_block(8, 4, 0, source, 0, block)
    elif bits == 16:
        if channels == 1:
            read_block(16, 1, 0, source, 0, block)
        elif channels == 2:
            read_block(16, 2, 0, source, 0, block)
        elif channels == 3:
            read_block(16, 3, 0, source, 0, block)
        else:
            read_block(16, 4, 0, source, 0, block)
    elif channels == 2:
        read_block(32, 2, 0, source, 0, block)
    elif channels == 3:
        read_block(32, 3, 0, source, 0, block)
    else:
        read_block(32, 4, 0, source, 0, block)


def build(variant: None) -> Callable[..., None]:
    """A stage that reads the other picture at the same place."""

    def beside(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (FAR,))
        bits, channels, planes, columns = int(p[BITS]), int(p[CHANNELS]), geometry[PLANES_IN], geometry[COLUMNS]
        more, samples = planes - channels, (planes - 1 + planes % 2) * BLOCK
        pixel, there = bits // 8 * channels if bits else 4, 1 if bits else channels
        block = carray(room(ROOM), (ROOM,)).ctypes.data
        narrow, read = block + 4 * PLANES, block + more * PLANE
        for row in range(geometry[ROWS]):
            for plane in range(planes):
                copy_line(source, target, geometry, plane, plane, row)
            first, apart = geometry[OTHER] + row * geometry[OTHER_ROW], geometry[OTHER_PLANE]
            out = address_of(target) + planes * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]
            if columns < BLOCK:
                copy_planes(there, first, apart, narrow, PLANE, columns * pixel)
                first, apart = narrow, PLANE
            for start in range(0, columns, BLOCK):
                # The last block overlaps the one before it.
                x = max(min(start, columns - BLOCK), 0)
                read_as(bits, channels, first + x * pixel, apart, read)
                for copy in range(more):
                    copy_planes(1, read, 0, block + copy * PLANE, 0, PLANE)
                operate(p[NUMBERS:], block, samples)
                copy_planes(planes, block, PLANE, out + 4 * x, geometry[TARGET_PLANE], min(columns, BLOCK) * 4)

    return beside
