"""Two blocks of float32 planes become one by a function of both pixels, as far as a mask says; which, numbers tell."""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, types
from numba.extending import intrinsic, register_jitable

from engine.kernels.blockwise import PIXEL
from engine.kernels.cover import read_cover
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import LEFT, SOURCE_HEIGHT, SOURCE_WIDTH, TOP
from engine.kernels.point_blocks import BLOCK
from engine.kernels.points import FAR
from engine.kernels.signature import f4, i4
from engine.kernels.vectors import WORD, spread, store

MASKING, SLOPE, SHIFT, WHICH, WHERE, NUMBERS = 8, 18, 19, 20, 21, 22
"""Parameters: eight of the function, ten of the mask, what the mask is multiplied by and what is added then, which
function of those compiled it is, and which mask; NUMBERS of them."""
PICTURE_AT = MASKING + 3
"""The parameter that tells where a mask's picture begins among them, as `cover` has it."""
LANES = 16
PLANES = PIXEL * BLOCK // 4
"""Numbers for a block of four planes."""
SHARE, MADE, ROOM = PLANES, PLANES + BLOCK, 2 * PLANES + BLOCK
"""Where shares and the block that is made lie behind the old block, and the numbers of them all."""
Functions = tuple[Callable[..., Any], ...]
Masks = tuple[Callable[..., Any] | str | None, ...]
"""None is none: what is made counts everywhere. A word is a picture, which the parameters hold."""


@intrinsic
def fill_block(typing: Any, address: Any, value: Any) -> Any:
    """A block of equal numbers. The loop for it would be undone into single stores, which no vector can follow soon."""
    signature = types.void(types.int64, types.float32)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = spread(builder, arguments[1], LANES)
        for start in range(0, BLOCK, LANES):
            store(builder, vector, builder.add(arguments[0], ir.Constant(WORD, 4 * start)))
        return context.get_dummy_value()

    return signature, generate


@register_jitable(forceinline=True)
def mixed(front: Any, over: Any, back: Any, under: Any, share: Any) -> Any:
    """Two colours with their alphas, of which the first takes that share; where nothing is seen, of the colours."""
    shown, hidden = over * share, under * (f4(1.0) - share)
    alpha = shown + hidden
    return (front * shown + back * hidden) / alpha if alpha > f4(0.0) else back + (front - back) * share


def _covering(masks: Masks) -> Any:
    """Fills the shares of a block by one of the masks, which is counted down."""
    mask: Any = masks[0]
    others = _covering(masks[1:]) if len(masks) > 1 else None

    @register_jitable(forceinline=True)
    def everywhere(which: Any, p: Any, first: Any, old: Any, at: Any) -> None:
        fill_block(old[SHARE:].ctypes.data, p[SLOPE] + p[SHIFT])

    @register_jitable(forceinline=True)
    def cover(which: Any, p: Any, first: Any, old: Any, at: Any) -> None:
        left, y, width, height = first
        numbers = (p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15], p[16], p[17])
        slope, shift, second, third = p[SLOPE], p[SHIFT], at[0], at[1]
        for k in range(BLOCK):
            place = (f4(i4(left + i4(k))) + f4(0.5), y, width, height)
            old[SHARE + k] = mask((old[k], old[second + k], old[third + k]), place, numbers) * slope + shift

    @register_jitable(forceinline=True)
    def stretch(which: Any, p: Any, first: Any, old: Any, at: Any) -> None:
        begin = p.ctypes.data + 4 * int(p[PICTURE_AT])
        read_cover(begin, first, BLOCK, old[SHARE:])
        slope, shift = p[SLOPE], p[SHIFT]
        for k in range(BLOCK):
            old[SHARE + k] = old[SHARE + k] * slope + shift

    alone = everywhere if mask is None else stretch if isinstance(mask, str) else cover
    if others is None:
        return alone

    @register_jitable(forceinline=True)
    def choose(which: Any, p: Any, first: Any, old: Any, at: Any) -> None:
        if which == 0:
            alone(which, p, first, old, at)
        else:
            others(which - 1, p, first, old, at)

    return choose


def _joining(functions: Functions, alpha: bool) -> Any:
    """Makes a block by one of the functions, which is counted down, as far as the shares go."""
    function, others = functions[0], _joining(functions[1:], alpha) if len(functions) > 1 else None

    @register_jitable(forceinline=True)
    def combine(which: Any, p: Any, first: Any, old: Any, new: Any, at: Any) -> None:
        left, y, width, height = first
        second, third, last = at
        numbers = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        for k in range(BLOCK):
            place = (f4(i4(left + i4(k))) + f4(0.5), y, width, height)
            back, after = (old[k], old[second + k], old[third + k]), (new[k], new[second + k], new[third + k])
            a, b, c = function(back, after, place, numbers)
            share = old[SHARE + k]
            if alpha:
                over, under = new[last + k], old[last + k]
                old[MADE + k] = mixed(a, over, back[0], under, share)
                old[MADE + BLOCK + k] = mixed(b, over, back[1], under, share)
                old[MADE + 2 * BLOCK + k] = mixed(c, over, back[2], under, share)
                old[MADE + 3 * BLOCK + k] = under + (over - under) * share
            else:
                old[MADE + k] = back[0] + (a - back[0]) * share
                old[MADE + BLOCK + k] = back[1] + (b - back[1]) * share
                old[MADE + 2 * BLOCK + k] = back[2] + (c - back[2]) * share

    if others is None:
        return combine

    @register_jitable(forceinline=True)
    def choose(which: Any, p: Any, first: Any, old: Any, new: Any, at: Any) -> None:
        if which == 0:
            combine(which, p, first, old, new, at)
        else:
            others(which - 1, p, first, old, new, at)

    return choose


def joiner(functions: Functions, masks: Masks, *, alpha: bool) -> Any:
    """`join(parameters, geometry, row, x, room, after, at)`: of the old block at address `room` and the new one.

    `at` tells where the second and the third colour lie in both, and alpha, counted in numbers. In the one that is made
    there are always three colours, then alpha.
    """
    cover, combine = _covering(masks), _joining(functions, alpha)

    @register_jitable(forceinline=True)
    def join(parameters: Any, geometry: Any, row: Any, x: Any, room: Any, after: Any, at: Any) -> None:
        p = carray(parameters, (FAR,))
        y = f4(geometry[TOP] + row) + f4(0.5)
        first = (i4(geometry[LEFT] + x), y, f4(geometry[SOURCE_WIDTH]), f4(geometry[SOURCE_HEIGHT]))
        old = carray(pointer_to(room), (ROOM,), np.float32)
        new = carray(pointer_to(after), (PLANES,), np.float32)
        cover(int(p[WHERE]), p, first, old, at)
        combine(int(p[WHICH]), p, first, old, new, at)

    return join
