"""Weighted sums of samples at any places: sums stay in registers, each is written once."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, load, offset, pointer, spread, store

LANES = 64
"""Sums of a row at a time: enough in flight to hide the latency of adding."""
FEW = 8
"""And at the end of a row."""
TAP = 3
"""Numbers of a tap: how many rows below and columns to the right, int32, and its weight."""


@intrinsic(prefer_literal=True)
def sum_taps(typing: Any, lanes: Any, source: Any, stride: Any, pixel: Any, taps: Any, count: Any, target: Any) -> Any:
    """Add to `lanes` neighbouring samples the sum of weight * source[row stride + column pixel], tap by tap.

    `count` is how many taps there are; the rest are int64 addresses and bytes.
    """
    signature = types.void(lanes, *[types.int64] * 6)
    vector = ir.VectorType(SINGLE, lanes.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, stride, pixel, taps, count, target = arguments
        total = cgutils.alloca_once_value(builder, load(builder, target, vector))
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
def sum_row(source: Any, stride: Any, pixel: Any, taps: Any, count: Any, target: Any, width: Any) -> None:
    """The same for `width` samples; blocks do not overlap, for nothing may be added twice."""
    whole = width - width % LANES
    for x in range(0, whole, LANES):
        sum_taps(LANES, source + 4 * x, stride, pixel, taps, count, target + 4 * x)
    for x in range(whole, width - width % FEW, FEW):
        sum_taps(FEW, source + 4 * x, stride, pixel, taps, count, target + 4 * x)
    for x in range(width - width % FEW, width):
        sum_taps(1, source + 4 * x, stride, pixel, taps, count, target + 4 * x)


def _whole(builder: Any, tap: Any, place: int) -> Any:
    address = builder.add(tap, ir.Constant(WORD, 4 * place))
    return builder.sext(builder.load(pointer(builder, address, LANE)), WORD)
