"""Stage: a function of one pixel's colours and its place, with any operations of `points` before and behind it."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.blockwise import Layout, blockwise
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import LEFT, SOURCE_HEIGHT, SOURCE_WIDTH, TOP
from engine.kernels.point_blocks import BLOCK
from engine.kernels.points import FAR, operate, samples_of
from engine.kernels.signature import f4, i4

CONSTANTS = 16


def build(variant: tuple[Callable[[Any, Any, Any], Any], int, int, int, int]) -> Callable[..., None]:
    """A stage that applies `function((red, green, blue), (x, y, width, height), constants)`; alpha stays.

    Parameters are CONSTANTS numbers, then those of the operations before the function, then of those behind it.
    """
    function, *rest = variant
    layout: Layout = (rest[0], rest[1], rest[2], rest[3])
    samples = samples_of(layout)
    second, third = (BLOCK, 2 * BLOCK) if samples > BLOCK else (0, 0)

    @register_jitable
    def work(parameters: Any, geometry: Any, block: Any, row: Any, x: Any) -> None:
        numbers = carray(parameters, (FAR,))
        p = numbers
        constants = (
            *(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]),
            *(p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15]),
        )
        behind = CONSTANTS + operate(numbers[CONSTANTS:], block, samples)
        width, height = f4(geometry[SOURCE_WIDTH]), f4(geometry[SOURCE_HEIGHT])
        left, y = i4(geometry[LEFT] + x), f4(geometry[TOP] + row) + f4(0.5)
        planes = carray(pointer_to(block), (3 * BLOCK,), np.float32)
        for k in range(BLOCK):
            place = (f4(i4(left + i4(k))) + f4(0.5), y, width, height)
            a, b, c = function((planes[k], planes[second + k], planes[third + k]), place, constants)
            planes[k] = a
            if samples > BLOCK:
                planes[BLOCK + k] = b
                planes[2 * BLOCK + k] = c
        operate(numbers[behind:], block, samples)

    return blockwise(layout, work)
