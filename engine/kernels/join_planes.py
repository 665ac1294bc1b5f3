"""Stage: n planes and n of the picture that they were made from become n, by a function of both and a mask."""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.blockwise import copy_planes
from engine.kernels.interleave import address_of
from engine.kernels.joining import MADE, PLANES, ROOM, Functions, Masks, joiner
from engine.kernels.layout import COLUMNS, PLANES_OUT, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.point_blocks import BLOCK, PLANE
from engine.kernels.room import room
from engine.kernels.signature import f4

LAST = 3 * BLOCK
"""Where alpha lies in a block, which is 1 all over where there is none."""
BOTH = ROOM + PLANES


def build(variant: tuple[Functions, Masks]) -> Callable[..., None]:
    """A stage of `function(before, after, place, constants)` as far as `mask(before, place, constants)` goes.

    The variant: functions and masks to choose from. Parameters are those of `joining`.
    """
    join = joiner(*variant, alpha=True)

    def join_planes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        planes, columns = geometry[PLANES_OUT], geometry[COLUMNS]
        alpha, apart = planes % 2 == 0, geometry[SOURCE_PLANE]
        colours = planes - alpha
        numbers = carray(room(BOTH), (BOTH,))
        before = numbers.ctypes.data
        after, made = before + 4 * ROOM, before + 4 * MADE
        at = (BLOCK, 2 * BLOCK, LAST) if colours > 1 else (0, 0, LAST)
        for k in range(BOTH):
            numbers[k] = f4(1.0)
        for row in range(geometry[ROWS]):
            first = address_of(source) + row * geometry[SOURCE_ROW]
            out = address_of(target) + row * geometry[TARGET_ROW]
            for x in range(0, columns, BLOCK):
                size, here = 4 * min(BLOCK, columns - x), first + 4 * x
                copy_planes(colours, here, apart, after, PLANE, size)
                copy_planes(colours, here + planes * apart, apart, before, PLANE, size)
                if alpha:
                    copy_planes(1, here + colours * apart, 0, after + 4 * LAST, 0, size)
                    copy_planes(1, here + (planes + colours) * apart, 0, before + 4 * LAST, 0, size)
                join(parameters, geometry, row, x, before, after, at)
                copy_planes(colours, made, PLANE, out + 4 * x, geometry[TARGET_PLANE], size)
                if alpha:
                    copy_planes(1, made + 4 * LAST, 0, out + 4 * x + colours * geometry[TARGET_PLANE], 0, size)

    return join_planes
