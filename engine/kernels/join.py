"""Stage: a picture and the one it was made from become one, by a function of both pixels and a mask."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.blockwise import PIXEL, Layout, blockwise, copy_planes
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, LEFT, OTHER, OTHER_PLANE, OTHER_ROW, SOURCE_HEIGHT, SOURCE_WIDTH, TOP
from engine.kernels.point_blocks import BLOCK, PLANE, read_block
from engine.kernels.points import FAR, operate, samples_of
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

NUMBERS, SLOPE, SHIFT = 20, 18, 19
"""Constants: eight of the function, ten of the mask, then what the mask is multiplied by and what is added."""
PLANES = PIXEL * BLOCK // 4
"""Numbers for a block as planes."""
ROOM = 2 * PLANES


@register_jitable
def mixed(front: Any, over: Any, back: Any, under: Any, share: Any) -> Any:
    """Two colours with their alphas, of which the first takes that share; where nothing is seen, of the colours."""
    shown, hidden = over * share, under * (f4(1.0) - share)
    alpha = shown + hidden
    return (front * shown + back * hidden) / alpha if alpha > f4(0.0) else back + (front - back) * share


def build(variant: tuple[Callable[..., Any], Callable[..., Any], int, int, int, int, int, int]) -> Callable[..., None]:
    """A stage of `function(before, after)` as far as `mask(before, place, constants)` goes.

    The variant: both functions, the layout, and bits and channels of the other picture. Parameters are constants of
    the function and of the mask; operations on the other picture, on this one before they are joined, and behind.
    """
    function, mask, *rest = variant
    layout: Layout = (rest[0], rest[1], rest[2], rest[3])
    bits, channels = rest[4], rest[5]
    more = layout[3] - channels
    pixel = bits // 8 * channels if bits else 4
    planes_there = channels if bits == 0 else 1
    samples, alpha = samples_of(layout), layout[3] % 2 == 0
    second, third = (BLOCK, 2 * BLOCK) if samples > BLOCK else (0, 0)

    @register_jitable
    def read_other(geometry: Any, before: Any, row: Any, x: Any) -> None:
        first, apart = geometry[OTHER] + row * geometry[OTHER_ROW], geometry[OTHER_PLANE]
        if geometry[COLUMNS] >= BLOCK:
            read_block(bits, channels, more, first + x * pixel, apart, before)
            return
        narrow = carray(room(PLANES), (PLANES,)).ctypes.data
        copy_planes(planes_there, first, apart, narrow, PLANE, geometry[COLUMNS] * pixel)
        read_block(bits, channels, more, narrow, PLANE, before)

    @register_jitable
    def work(parameters: Any, geometry: Any, block: Any, row: Any, x: Any) -> None:
        p = carray(parameters, (FAR,))
        before = carray(room(ROOM), (ROOM,)).ctypes.data
        read_other(geometry, before, row, x)
        here = NUMBERS + operate(p[NUMBERS:], before, samples)
        behind = here + operate(p[here:], block, samples)
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        masking = (p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15], p[16], p[17])
        width, height = f4(geometry[SOURCE_WIDTH]), f4(geometry[SOURCE_HEIGHT])
        left, y = i4(geometry[LEFT] + x), f4(geometry[TOP] + row) + f4(0.5)
        new = carray(pointer_to(block), (PLANES,), np.float32)
        old = carray(pointer_to(before), (PLANES,), np.float32)
        for k in range(BLOCK):
            place = (f4(i4(left + i4(k))) + f4(0.5), y, width, height)
            back, after = (old[k], old[second + k], old[third + k]), (new[k], new[second + k], new[third + k])
            share = mask(back, place, masking) * p[SLOPE] + p[SHIFT]
            a, b, c = function(back, after, place, constants)
            over, under = (new[samples + k], old[samples + k]) if alpha else (f4(1.0), f4(1.0))
            new[k] = mixed(a, over, back[0], under, share) if alpha else back[0] + (a - back[0]) * share
            if samples > BLOCK:
                new[BLOCK + k] = mixed(b, over, back[1], under, share) if alpha else back[1] + (b - back[1]) * share
                new[2 * BLOCK + k] = mixed(c, over, back[2], under, share) if alpha else back[2] + (c - back[2]) * share
            if alpha:
                new[samples + k] = under + (over - under) * share
        operate(p[behind:], block, samples)

    return blockwise(layout, work)
