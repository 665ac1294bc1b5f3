"""Weighted sums of a few rows of float32, for one or two outputs of the same rows at a time, to float32 or to codes."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, constant, load, offset, pointer, spread, store


@intrinsic(prefer_literal=True)
def blend_block(
    typing: Any,
    lanes: Any,
    bits: Any,
    outputs: Any,
    source: Any,
    stride: Any,
    weights: Any,
    count: Any,
    target: Any,
    gap: Any,
) -> Any:
    """`outputs` rows of extra + sums over `count` rows, `gap` bytes apart in the target; places are int64 addresses.

    `extra` and the weights lie one behind the other, for each output. Results are float32 for 32 bits, else codes of 8
    or 16 bits, clipped and cut off.
    """
    signature = types.void(lanes, bits, outputs, *[types.int64] * 6)
    many, width, rows = lanes.literal_value, bits.literal_value, outputs.literal_value
    vector = ir.VectorType(SINGLE, many)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, stride, weights, count, target, gap = arguments[3:]
        own = builder.add(count, ir.Constant(WORD, 1))
        sets = [offset(builder, weights, own, 4 * row) for row in range(rows)]
        totals = [cgutils.alloca_once(builder, vector) for _ in range(rows)]
        for place, total in zip(sets, totals, strict=True):
            builder.store(_number(builder, place, many), total)
        with cgutils.for_range(builder, count) as loop:
            away = builder.mul(builder.add(loop.index, ir.Constant(WORD, 1)), ir.Constant(WORD, 4))
            numbers = load(builder, builder.add(source, builder.mul(loop.index, stride)), vector)
            for place, total in zip(sets, totals, strict=True):
                product = builder.fmul(numbers, _number(builder, builder.add(place, away), many), flags=CONTRACT)
                builder.store(builder.fadd(builder.load(total), product, flags=CONTRACT), total)
        for row, total in enumerate(totals):
            made = builder.load(total)
            store(builder, made if width == 32 else _coded(builder, made, width), offset(builder, target, gap, row))
        return context.get_dummy_value()

    return signature, generate


def _number(builder: Any, place: Any, lanes: int) -> Any:
    return spread(builder, builder.load(pointer(builder, place, SINGLE)), lanes)


def _coded(builder: Any, numbers: Any, bits: int) -> Any:
    """Codes of that many bits; comparisons are ordered, so NaN becomes 0."""
    lanes = numbers.type.count
    low, high = constant(0.0, lanes), constant((1 << bits) - 0.5, lanes)
    above = builder.select(builder.fcmp_ordered(">", numbers, low), numbers, low)
    kept = builder.select(builder.fcmp_ordered("<", above, high), above, high)
    whole = builder.fptosi(kept, ir.VectorType(LANE, lanes))
    return builder.trunc(whole, ir.VectorType(ir.IntType(bits), lanes))
