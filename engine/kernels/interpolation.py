"""Bilinear interpolation of interleaved float32 pixels: where to look, for a block of them, and what is there, added."""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.signature import f4, i4
from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, load, pointer, spread, store

BLOCK = 64
"""Places at a time."""
COLUMN, NEXT_COLUMN, ROW, NEXT_ROW, RIGHT, DOWN = range(6)
"""What `places` holds for each: whole numbers, and how far right and down of those the place lies."""


@register_jitable
def settle(away: Any, at: Any, last: Any, first: Any, second: Any, part: Any, x: Any) -> None:
    """The two pixels around at + away on one axis, none beyond 0 and `last`, and how far it lies to the second."""
    whole = np.floor(away)
    place = i4(at + i4(whole))
    inside = place >= i4(0) and place < last
    low = min(max(place, i4(0)), last)
    first[x] = low
    second[x] = i4(low + i4(1)) if inside else low
    part[x] = away - whole


@intrinsic(prefer_literal=True)
def add_interpolated(
    typing: Any, width: Any, source: Any, stride: Any, pixel: Any, places: Any, count: Any, target: Any
) -> Any:
    """Add to the first `width` numbers of `count` pixels from address `target` on what lies at their places.

    Pixels are `pixel` bytes apart in the source and in the target, rows of the source `stride`.
    """
    signature = types.void(width, *[types.int64] * 6)
    vector = ir.VectorType(SINGLE, width.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, stride, pixel, places, count, target = arguments
        with cgutils.for_range(builder, count) as loop:

            def held(which: int, kind: Any) -> Any:
                place = builder.add(builder.mul(loop.index, ir.Constant(WORD, 4)), ir.Constant(WORD, 4 * BLOCK * which))
                return builder.load(pointer(builder, builder.add(places, place), kind))

            columns = [builder.mul(builder.sext(held(k, LANE), WORD), pixel) for k in (COLUMN, NEXT_COLUMN)]
            rows = [builder.mul(builder.sext(held(k, LANE), WORD), stride) for k in (ROW, NEXT_ROW)]
            right, down = (spread(builder, held(k, SINGLE), vector.count) for k in (RIGHT, DOWN))
            above, below = (
                _between(builder, right, *(load(builder, _sum(builder, source, row, each), vector) for each in columns))
                for row in rows
            )
            out = _sum(builder, target, builder.mul(loop.index, pixel))
            total = builder.fadd(load(builder, out, vector), _between(builder, down, above, below))
            store(builder, total, out)
        return context.get_dummy_value()

    return signature, generate


def _sum(builder: Any, *numbers: Any) -> Any:
    total = numbers[0]
    for number in numbers[1:]:
        total = builder.add(total, number)
    return total


def _between(builder: Any, part: Any, one: Any, other: Any) -> Any:
    """one + part (other - one)."""
    product = builder.fmul(part, builder.fsub(other, one), flags=CONTRACT)
    return builder.fadd(one, product, flags=CONTRACT)
