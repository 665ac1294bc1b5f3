"""Bilinear interpolation of interleaved float32 pixels: where to look, for a block of them, and what is there."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, load, pointer, spread, store

BLOCK, LANES = 64, 8
"""Places at a time, and in one register."""
SINGLES = ir.VectorType(SINGLE, LANES)
COLUMN, ROW, NEXT_COLUMN, NEXT_ROW, RIGHT, DOWN = range(6)
"""What `places` holds for each: whole numbers, and how far right and down of those the place lies."""


@intrinsic
def find_places(typing: Any, at: Any, centre: Any, factor: Any, last: Any, places: Any) -> Any:
    """For BLOCK pixels of a row, the first `at` (column, row), the pixels around p + factor (p - centre), as `places`.

    Centre and factor are pairs of float32 numbers, the others of int32; nothing lies beyond 0 and `last`. `places` is
    an address.
    """
    signature = types.void(at, centre, factor, last, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        at, centre, factor, last = ([builder.extract_value(each, k) for k in range(2)] for each in arguments[:4])
        real, imaginary = (spread(builder, each, LANES) for each in factor)
        for start in range(0, BLOCK, LANES):
            counted = ir.Constant(ir.VectorType(LANE, LANES), list(range(start, start + LANES)))
            here = [builder.add(spread(builder, at[0], LANES), counted), spread(builder, at[1], LANES)]
            right, down = (
                builder.fsub(builder.sitofp(each, SINGLES), spread(builder, middle, LANES))
                for each, middle in zip(here, centre, strict=True)
            )
            across = builder.fsub(builder.fmul(right, real), builder.fmul(down, imaginary))
            along = builder.fadd(builder.fmul(right, imaginary), builder.fmul(down, real))
            for axis, away in enumerate((across, along)):
                found = _around(builder, away, here[axis], spread(builder, last[axis], LANES))
                for which, vector in zip((COLUMN, NEXT_COLUMN, RIGHT), found, strict=True):
                    place = ir.Constant(WORD, 4 * (BLOCK * (which + axis) + start))
                    store(builder, vector, builder.add(arguments[4], place))
        return context.get_dummy_value()

    return signature, generate


def _around(builder: Any, away: Any, here: Any, last: Any) -> Any:
    """The two pixels around here + away on one axis, and how far it lies from the first to the second."""
    floor = builder.module.declare_intrinsic(f"llvm.floor.v{LANES}f32", (), ir.FunctionType(SINGLES, [SINGLES]))
    whole = builder.call(floor, [away])
    place = builder.add(here, builder.fptosi(whole, here.type))
    nought, one = (ir.Constant(here.type, [number] * LANES) for number in (0, 1))
    low = _smaller(builder, builder.select(builder.icmp_signed("<", place, nought), nought, place), last)
    after = builder.add(place, one)
    high = _smaller(builder, builder.select(builder.icmp_signed("<", after, nought), nought, after), last)
    return low, high, builder.fsub(away, whole)


def _smaller(builder: Any, one: Any, other: Any) -> Any:
    return builder.select(builder.icmp_signed("<", one, other), one, other)


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
