"""Stage: a picture and the one it was made from, of 8-bit colours, become one, by a function of both and a mask."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.blockwise import blockwise, copy_planes
from engine.kernels.intrinsics import pointer_to
from engine.kernels.joining import MADE, NUMBERS, PLANES, ROOM, Functions, Masks, joiner
from engine.kernels.layout import COLUMNS, OTHER, OTHER_ROW
from engine.kernels.point_blocks import BLOCK, PLANE, read_block
from engine.kernels.points import FAR, operate
from engine.kernels.room import room

COLOURS = 3
SAMPLES = COLOURS * BLOCK
AT = (BLOCK, 2 * BLOCK, 0)
"""Where the second and the third colour lie in a block; there is no alpha."""


def build(variant: tuple[Functions, Masks, int]) -> Callable[..., None]:
    """A stage of `function(before, after, place, constants)` as far as `mask(before, place, constants)` goes.

    The variant: functions and masks to choose from, and bits of a sample of the picture; the other one has 8 bits, as
    the result has. Parameters are those of `joining`; operations on the other picture, on this one, and behind.
    """
    functions, masks, bits = variant
    join = joiner(functions, masks, alpha=False)

    @register_jitable
    def read_other(geometry: Any, before: Any, row: Any, x: Any) -> None:
        first = geometry[OTHER] + row * geometry[OTHER_ROW]
        if geometry[COLUMNS] >= BLOCK:
            read_block(8, COLOURS, 0, first + x * COLOURS, 0, before)
            return
        narrow = carray(room(PLANES), (PLANES,)).ctypes.data
        copy_planes(1, first, 0, narrow, PLANE, geometry[COLUMNS] * COLOURS)
        read_block(8, COLOURS, 0, narrow, PLANE, before)

    @register_jitable
    def work(parameters: Any, geometry: Any, block: Any, row: Any, x: Any) -> None:
        p = carray(parameters, (FAR,))
        numbers = carray(room(ROOM), (ROOM,))
        before, made = numbers.ctypes.data, carray(pointer_to(block), (SAMPLES,), np.float32)
        read_other(geometry, before, row, x)
        here = NUMBERS + operate(p[NUMBERS:], before, SAMPLES)
        behind = here + operate(p[here:], block, SAMPLES)
        join(parameters, geometry, row, x, before, block, AT)
        for k in range(SAMPLES):
            made[k] = numbers[MADE + k]
        operate(p[behind:], block, SAMPLES)

    return blockwise((bits, COLOURS, 8, COLOURS), work)
