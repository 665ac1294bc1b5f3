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

FEW = 16


@register_jitable(forceinline=True)
def few(numbers: Any, first: Any = 0) -> Any:
    """Sixteen of the constants: Numba's own way to make a tuple of an array takes the square of their number."""
    p = numbers[first : first + FEW]
    return (
        *(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]),
        *(p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15]),
    )


@register_jitable(forceinline=True)
def many(numbers: Any) -> Any:
    """Ninety-six constants."""
    n = numbers
    return (*few(n, 0), *few(n, 16), *few(n, 32), *few(n, 48), *few(n, 64), *few(n, 80))


def build(variant: tuple[Callable[[Any, Any, Any], Any], int, int, int, int, int]) -> Callable[..., None]:
    """A stage that applies `function((red, green, blue), (x, y, width, height), constants)`; alpha stays.

    Parameters are the constants, of which the variant's last number tells how many there are, then those of the
    operations before the function, then of those behind it.
    """
    function, *rest, count = variant
    read = few if count == FEW else many
    layout: Layout = (rest[0], rest[1], rest[2], rest[3])
    samples = samples_of(layout)
    second, third = (BLOCK, 2 * BLOCK) if samples > BLOCK else (0, 0)

    @register_jitable
    def work(parameters: Any, geometry: Any, block: Any, row: Any, x: Any) -> None:
        numbers = carray(parameters, (FAR,))
        constants = read(numbers)
        behind = count + operate(numbers[count:], block, samples)
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
