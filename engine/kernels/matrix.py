"""Stage: an affine map of the colours of interleaved codes, all in registers; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.blockwise import copy_planes
from engine.kernels.interleave import PIXELS, address_of, merge, split
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW, TARGET_ROW
from engine.kernels.room import room
from engine.kernels.vectors import CONTRACT, SINGLE, WORD, offset, pointer, spread

NUMBERS = 12
NARROW = 4 * PIXELS
BOTH = 2 * NARROW
"""Numbers in which a row narrower than a vector has room, pixels being 8 bytes at most."""


@intrinsic(prefer_literal=True)
def map_row(typing: Any, bits: Any, channels: Any, source: Any, target: Any, width: Any, numbers: Any) -> Any:
    """`width` pixels, PIXELS at least, through the 3 x 4 matrix of codes at address `numbers`.

    The last vector of pixels overlaps the one before it.
    """
    signature = types.void(bits, channels, *[types.int64] * 4)
    size, count = bits.literal_value, channels.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, target, width, numbers = arguments[2:]
        weights = [
            spread(
                builder, builder.load(pointer(builder, builder.add(numbers, ir.Constant(WORD, 4 * k)), SINGLE)), PIXELS
            )
            for k in range(NUMBERS)
        ]
        vectors = builder.udiv(builder.add(width, ir.Constant(WORD, PIXELS - 1)), ir.Constant(WORD, PIXELS))
        last = builder.sub(width, ir.Constant(WORD, PIXELS))
        with cgutils.for_range(builder, vectors) as loop:
            start = builder.mul(loop.index, ir.Constant(WORD, PIXELS))
            x = builder.select(builder.icmp_signed("<", start, last), start, last)
            planes = split(builder, size, count, offset(builder, source, x, size // 8 * count), scaled=False)
            made = []
            for row in range(3):
                total = weights[4 * row + 3]
                for column in (2, 1, 0):
                    product = builder.fmul(weights[4 * row + column], planes[column], flags=CONTRACT)
                    total = builder.fadd(product, total, flags=CONTRACT)
                made.append(total)
            place = offset(builder, target, x, size // 8 * count)
            merge(builder, size, [*made, *planes[3:]], place, scaled=False)
        return context.get_dummy_value()

    return signature, generate


def build(layout: tuple[int, int]) -> Callable[..., None]:
    """A stage for codes of so many bits, three or four to a pixel; parameters are the matrix row by row.

    It gives codes that only need to be limited and cut off.
    """
    bits, channels = layout
    pixel = bits // 8 * channels

    def matrix(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        numbers = carray(parameters, (NUMBERS,)).ctypes.data
        columns, narrow = geometry[COLUMNS], carray(room(BOTH), (BOTH,)).ctypes.data
        for row in range(geometry[ROWS]):
            first = address_of(source) + row * geometry[SOURCE_ROW]
            last = address_of(target) + row * geometry[TARGET_ROW]
            if columns >= PIXELS:
                map_row(bits, channels, first, last, np.int64(columns), numbers)
                continue
            copy_planes(1, first, 0, narrow, 0, columns * pixel)
            map_row(bits, channels, narrow, narrow + 4 * NARROW, np.int64(PIXELS), numbers)
            copy_planes(1, narrow + 4 * NARROW, 0, last, 0, columns * pixel)

    return matrix
