"""Weighted sums of samples at any places: sums stay in registers, each is written once."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, load, offset, pointer, spread, store

LANES = 64
"""Sums of a row at a time: enough in flight to hide the latency of adding."""
TAP = 3
"""Numbers of a tap: how many rows below and columns to the right, int32, and its weight."""


@intrinsic(prefer_literal=True)
def sum_taps(
    typing: Any, lanes: Any, source: Any, stride: Any, pixel: Any, taps: Any, count: Any, start: Any, target: Any
) -> Any:
    """start + the sum of weight * source[row stride + column pixel] for `lanes` neighbouring samples.

    `start` is a float32, `count` how many taps; the rest are int64 addresses and bytes.
    """
    signature = types.void(lanes, *[types.int64] * 5, types.float32, types.int64)
    vector = ir.VectorType(SINGLE, lanes.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, stride, pixel, taps, count, start, target = arguments
        total = cgutils.alloca_once_value(builder, spread(builder, start, vector.count))
        with cgutils.for_range(builder, count) as loop:
            tap = offset(builder, taps, loop.index, 4 * TAP)
            down = builder.mul(_whole(builder, tap, 0), stride)
            right = builder.mul(_whole(builder, tap, 1), pixel)
            samples = load(builder, builder.add(source, builder.add(down, right)), vector)
            weight = builder.load(pointer(builder, builder.add(tap, ir.Constant(WORD, 8)), SINGLE))
            product = builder.fmul(spread(builder, weight, vector.count), samples, flags=CONTRACT)
            builder.store(builder.fadd(builder.load(total), product, flags=CONTRACT), total)
        store(builder, builder.load(total), target)
        return context.get_dummy_value()

    return signature, generate


@register_jitable
def sum_row(
    source: Any, stride: Any, pixel: Any, taps: Any, count: Any, start: Any, target: Any, width: Any
) -> None:
    """`width` sums of one row; the last block overlaps the one before it."""
    if width < LANES:
        for x in range(width):
            sum_taps(1, source + 4 * x, stride, pixel, taps, count, start, target + 4 * x)
        return
    for x in range(0, width - LANES + 1, LANES):
        sum_taps(LANES, source + 4 * x, stride, pixel, taps, count, start, target + 4 * x)
    last = 4 * (width - LANES)
    sum_taps(LANES, source + last, stride, pixel, taps, count, start, target + last)


@intrinsic(prefer_literal=True)
def nest_rows(typing: Any, lanes: Any, source: Any, stride: Any, depth: Any, target: Any, gap: Any) -> Any:
    """Sums of 1, 3, 5 and so on to 2 depth - 1 rows around `source`, to `target` and so many times `gap` behind it."""
    signature = types.void(lanes, *[types.int64] * 5)
    vector = ir.VectorType(SINGLE, lanes.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, stride, depth, target, gap = arguments
        total = cgutils.alloca_once_value(builder, load(builder, source, vector))
        store(builder, builder.load(total), target)
        with cgutils.for_range(builder, depth, start=ir.Constant(WORD, 1)) as loop:
            away = builder.mul(loop.index, stride)
            above = load(builder, builder.sub(source, away), vector)
            below = load(builder, builder.add(source, away), vector)
            builder.store(builder.fadd(builder.load(total), builder.fadd(above, below)), total)
            store(builder, builder.load(total), builder.add(target, builder.mul(loop.index, gap)))
        return context.get_dummy_value()

    return signature, generate


@register_jitable
def nest_row(source: Any, stride: Any, depth: Any, target: Any, gap: Any, width: Any) -> None:
    """The same for `width` neighbouring samples."""
    if width < LANES:
        for x in range(width):
            nest_rows(1, source + 4 * x, stride, depth, target + 4 * x, gap)
        return
    for x in range(0, width - LANES + 1, LANES):
        nest_rows(LANES, source + 4 * x, stride, depth, target + 4 * x, gap)
    last = 4 * (width - LANES)
    nest_rows(LANES, source + last, stride, depth, target + last, gap)


def _whole(builder: Any, tap: Any, place: int) -> Any:
    address = builder.add(tap, ir.Constant(WORD, 4 * place))
    return builder.sext(builder.load(pointer(builder, address, LANE)), WORD)
