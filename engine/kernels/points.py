"""Stage: any number of matrices, lines and splines in turn, from pixels or planes to pixels or planes, in one sweep."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.point_blocks import BLOCK, PLANE, read_block, write_block
from engine.kernels.point_operations import follow_spline, map_colours, scale_samples
from engine.kernels.room import room

MATRIX, SCALE, SPLINE, ODD_SPLINE, FINE_SPLINE, ODD_FINE_SPLINE = range(6)
"""Kinds of operations. The parameters are their number, then for each its kind, how many numbers it has, and those."""
PIXEL = 16
"""Bytes of the largest pixel."""
ROOM = 3 * PIXEL * BLOCK // 4
"""Numbers for a block as planes, and for the source and the target of a row narrower than a block."""
FAR = 1 << 20
"""More parameters than any plan has."""


@register_jitable
def copy_planes(planes: Any, source: Any, apart: Any, target: Any, gap: Any, count: Any) -> None:
    """`count` bytes of each plane, which lie `apart` and shall lie a `gap` from each other."""
    for plane in range(planes):
        line = carray(pointer_to(source + plane * apart), (count,), np.uint8)
        out = carray(pointer_to(target + plane * gap), (count,), np.uint8)
        for x in range(count):
            out[x] = line[x]


@register_jitable
def operate(numbers: Any, block: Any, samples: Any) -> None:
    """All operations on one block."""
    at = 1
    for _ in range(int(numbers[0])):
        kind, inputs = int(numbers[at]), numbers[at + 2 :].ctypes.data
        if kind == MATRIX:
            map_colours(block, inputs)
        elif kind == SCALE:
            scale_samples(block, samples, inputs)
        elif kind == SPLINE:
            follow_spline(16, 0, block, samples, inputs)
        elif kind == ODD_SPLINE:
            follow_spline(16, 1, block, samples, inputs)
        elif kind == FINE_SPLINE:
            follow_spline(32, 0, block, samples, inputs)
        else:
            follow_spline(32, 1, block, samples, inputs)
        at += 2 + int(numbers[at + 1])


def build(layout: tuple[int, int, int, int]) -> Callable[..., None]:
    """A stage between two layouts: bits of a sample and channels of the source, then of the target; 0 bits are planes.

    A grey source of a coloured target counts as three equal colours.
    """
    bits_in, channels_in, bits_out, channels_out = layout
    samples = (channels_out - 1 + channels_out % 2) * BLOCK
    more = channels_out - channels_in
    pixel_in, pixel_out = (bits // 8 * count if bits else 4 for bits, count in (layout[:2], layout[2:]))
    planes_in, planes_out = channels_in if bits_in == 0 else 1, channels_out if bits_out == 0 else 1

    def points(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        numbers = carray(parameters, (FAR,))
        block = carray(room(ROOM), (ROOM,)).ctypes.data
        narrow_in, narrow_out = block + PIXEL * BLOCK, block + 2 * PIXEL * BLOCK
        columns = geometry[COLUMNS]
        for row in range(geometry[ROWS]):
            first, last = (
                address_of(source) + row * geometry[SOURCE_ROW],
                address_of(target) + row * geometry[TARGET_ROW],
            )
            out, apart_in, apart_out, width = last, geometry[SOURCE_PLANE], geometry[TARGET_PLANE], columns
            if columns < BLOCK:
                copy_planes(planes_in, first, apart_in, narrow_in, PLANE, columns * pixel_in)
                first, out, apart_in, apart_out, width = narrow_in, narrow_out, PLANE, PLANE, BLOCK
            for start in range(0, width, BLOCK):
                # The last block overlaps the one before it.
                x = min(start, width - BLOCK)
                read_block(bits_in, channels_in, more, first + x * pixel_in, apart_in, block)
                operate(numbers, block, samples)
                write_block(bits_out, channels_out, block, out + x * pixel_out, apart_out)
            if columns < BLOCK:
                copy_planes(planes_out, narrow_out, PLANE, last, geometry[TARGET_PLANE], columns * pixel_out)

    return points
