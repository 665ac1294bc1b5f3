"""Stage: the bilateral average of each pixel's disc; sums stay in registers, weights are computed; alpha is copied."""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import carray, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    REACH,
    ROWS,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)
from engine.kernels.lines import copy_line
from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, constant, load, offset, pointer, spread, store

LANES = 16
"""Pixels at a time."""
EXP2 = (0.9999993, 0.6931218, 0.24024744, 0.05591786, 0.0095701)
"""A minimax fit of 2 ** t for t from -1/2 to 1/2 by Lawson's iteration: relative error 2.7e-6."""
SMALLEST = -126.0
TO_INTEGER = float(3 << 22)
"""Added to a float32 number, it leaves the nearest integer in the lowest bits."""
TAP = 12
"""Bytes of one place of the disc among the parameters."""


@intrinsic(prefer_literal=True)
def bilateral_block(
    typing: Any, lanes: Any, planes: Any, source: Any, stride: Any, apart: Any, disc: Any, target: Any, gap: Any
) -> Any:
    """As many averages as there are lanes; `source` is the address of the first pixel, `apart` lies its next plane."""
    signature = types.void(lanes, planes, *[types.int64] * 6)
    count, channels = lanes.literal_value, planes.literal_value
    vector = ir.VectorType(SINGLE, count)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, stride, apart, disc, target, gap = arguments
        centres = _planes(builder, source, apart, vector, channels)
        colours, alpha = _parted(centres)
        one = constant(1.0, count)
        weighted = colours if alpha is None else [builder.fmul(each, alpha) for each in colours]
        sums = [_held(builder, each) for each in weighted]
        total = _held(builder, one if alpha is None else alpha)
        sharpness = spread(builder, _number(builder, disc, 0), count)
        taps = builder.fptosi(_number(builder, disc, 4), WORD)
        with cgutils.for_range(builder, taps) as loop:
            tap = builder.add(disc, builder.mul(loop.index, ir.Constant(WORD, TAP)))
            down, right = (_integer(builder, tap, byte) for byte in (8, 12))
            row = builder.add(source, builder.mul(down, stride))
            place = builder.add(row, builder.shl(right, ir.Constant(WORD, 2)))
            others, opacity = _parted(_planes(builder, place, apart, vector, channels))
            weight = _weight(builder, colours, others, sharpness, spread(builder, _number(builder, tap, 16), count))
            weight = weight if opacity is None else builder.fmul(weight, opacity)
            for held, other in zip(sums, others, strict=True):
                product = builder.fmul(weight, other, flags=CONTRACT)
                builder.store(builder.fadd(builder.load(held), product, flags=CONTRACT), held)
            builder.store(builder.fadd(builder.load(total), weight), total)
        # Written out, since the compiler may make a product of a quotient for vectors and not for single pixels.
        share = builder.fdiv(one, builder.load(total))
        for channel, (held, colour) in enumerate(zip(sums, colours, strict=True)):
            average = builder.fmul(builder.load(held), share)
            if alpha is not None:
                seen = builder.fcmp_ordered(">", alpha, constant(0.0, count))
                average = builder.select(seen, average, colour)
            store(builder, average, offset(builder, target, gap, channel))
        return context.get_dummy_value()

    return signature, generate


def _planes(builder: Any, address: Any, apart: Any, vector: Any, channels: int) -> list[Any]:
    return [load(builder, offset(builder, address, apart, channel), vector) for channel in range(channels)]


def _parted(planes: list[Any]) -> tuple[list[Any], Any]:
    """Colours, and alpha or None."""
    return (planes, None) if len(planes) % 2 else (planes[:-1], planes[-1])


def _held(builder: Any, value: Any) -> Any:
    """A variable that begins with that value."""
    held = cgutils.alloca_once(builder, value.type)
    builder.store(value, held)
    return held


def _number(builder: Any, address: Any, byte: int) -> Any:
    return builder.load(pointer(builder, builder.add(address, ir.Constant(WORD, byte)), SINGLE))


def _integer(builder: Any, address: Any, byte: int) -> Any:
    number = builder.load(pointer(builder, builder.add(address, ir.Constant(WORD, byte)), LANE))
    return builder.sext(number, WORD)


def _weight(builder: Any, colours: list[Any], others: list[Any], sharpness: Any, space: Any) -> Any:
    """2 ** (space - sharpness * distance ** 2), the distance being the sum of all channels' absolute differences."""
    lanes = space.type.count
    integers = ir.VectorType(LANE, lanes)
    unsigned = ir.Constant(integers, [0x7FFFFFFF] * lanes)
    distance = None
    for colour, other in zip(colours, others, strict=True):
        bits = builder.bitcast(builder.fsub(other, colour), integers)
        size = builder.bitcast(builder.and_(bits, unsigned), space.type)
        distance = size if distance is None else builder.fadd(distance, size)
    product = builder.fmul(builder.fmul(distance, distance), sharpness, flags=CONTRACT)
    exponent = builder.fsub(space, product, flags=CONTRACT)
    lowest = constant(SMALLEST, lanes)
    exponent = builder.select(builder.fcmp_ordered(">", exponent, lowest), exponent, lowest)
    rounded = builder.fadd(exponent, constant(TO_INTEGER, lanes))
    rest = builder.fsub(exponent, builder.fsub(rounded, constant(TO_INTEGER, lanes)))
    power = constant(EXP2[-1], lanes)
    for coefficient in reversed(EXP2[:-1]):
        product = builder.fmul(power, rest, flags=CONTRACT)
        power = builder.fadd(product, constant(coefficient, lanes), flags=CONTRACT)
    whole = builder.shl(builder.bitcast(rounded, integers), ir.Constant(integers, [23] * lanes))
    return builder.bitcast(builder.add(builder.bitcast(power, integers), whole), space.type)


def build(planes: int) -> Callable[..., None]:
    """A stage for one number of planes, the last of two or four being alpha.

    Parameters: log2(e) / (2 sigma ** 2) of colour, how many places the disc has without its centre, and for each of
    them rows down and columns right, as 32-bit integers, and the exponent to base 2 of its weight in space.
    """

    def bilateral(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        columns, stride, reach = geometry[COLUMNS], geometry[SOURCE_ROW], geometry[REACH]
        apart, gap = geometry[SOURCE_PLANE], geometry[TARGET_PLANE]
        disc = carray(parameters, (2,)).ctypes.data
        for row in range(geometry[ROWS]):
            first = address_of(source) + (row + reach) * stride + 4 * reach
            out = address_of(target) + row * geometry[TARGET_ROW]
            if columns < LANES:
                for x in range(columns):
                    bilateral_block(1, planes, first + 4 * x, stride, apart, disc, out + 4 * x, gap)
            else:
                for x in range(0, columns - LANES + 1, LANES):
                    bilateral_block(LANES, planes, first + 4 * x, stride, apart, disc, out + 4 * x, gap)
                # The last block overlaps the one before it.
                last = 4 * (columns - LANES)
                bilateral_block(LANES, planes, first + last, stride, apart, disc, out + last, gap)
            if planes % 2 == 0:
                copy_line(source, target, geometry, planes - 1, planes - 1, row)

    return bilateral
