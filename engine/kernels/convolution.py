"""A symmetric convolution along one direction, sums kept in registers: each output is written once."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.vectors import CONTRACT, SINGLE, WORD, load, offset, pointer, spread, store

LANES = 64
"""Outputs at a time: enough sums in flight to hide the latency of adding, and taps are read a quarter as often."""


@intrinsic(prefer_literal=True)
def convolve_block(typing: Any, lanes: Any, source: Any, step: Any, taps: Any, reach: Any, target: Any) -> Any:
    """Outputs taps[0] * source[0] + sum of taps[k] * (source[-k step] + source[k step]), as many as there are lanes."""
    signature = types.void(lanes, *[types.int64] * 5)
    count = lanes.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, step, taps, reach, target = arguments
        vector = ir.VectorType(SINGLE, count)
        total = cgutils.alloca_once(builder, vector)
        centre = spread(builder, builder.load(pointer(builder, taps, SINGLE)), count)
        builder.store(builder.fmul(centre, load(builder, source, vector)), total)
        with cgutils.for_range(builder, builder.add(reach, ir.Constant(WORD, 1)), start=ir.Constant(WORD, 1)) as loop:
            away = builder.mul(loop.index, step)
            tap = builder.load(pointer(builder, offset(builder, taps, loop.index, 4), SINGLE))
            before = load(builder, builder.sub(source, away), vector)
            after = load(builder, builder.add(source, away), vector)
            product = builder.fmul(spread(builder, tap, count), builder.fadd(before, after), flags=CONTRACT)
            builder.store(builder.fadd(builder.load(total), product, flags=CONTRACT), total)
        store(builder, builder.load(total), target)
        return context.get_dummy_value()

    return signature, generate


@register_jitable
def convolve(source: Any, step: Any, taps: Any, reach: Any, target: Any, width: Any) -> None:
    """`width` outputs along a row; the last block overlaps the one before it. All but the counts are int64 addresses."""
    if width < LANES:
        for x in range(width):
            convolve_block(1, source + 4 * x, step, taps, reach, target + 4 * x)
        return
    for x in range(0, width - LANES + 1, LANES):
        convolve_block(LANES, source + 4 * x, step, taps, reach, target + 4 * x)
    if width % LANES:
        x = width - LANES
        convolve_block(LANES, source + 4 * x, step, taps, reach, target + 4 * x)
