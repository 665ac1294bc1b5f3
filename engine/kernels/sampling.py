"""A picture read between its pixels: two by two or four by four interleaved float32 ones, weighted in registers."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.layout import FAINT
from engine.kernels.vectors import CONTRACT, SINGLE, constant, load, mask, offset, spread, store

WEIGHTS = {
    2: ((1.0, -1.0), (0.0, 1.0)),
    4: ((0.0, -0.5, 1.0, -0.5), (1.0, 0.0, -2.5, 1.5), (0.0, 0.5, 2.0, -1.5), (0.0, 0.0, -0.5, 0.5)),
}
"""Of each tap a polynomial in the part of a pixel behind the one before: bilinear, and Keys 1981 with a = -1/2."""


@intrinsic(prefer_literal=True)
def read_between(
    typing: Any, taps: Any, channels: Any, source: Any, row: Any, right: Any, below: Any, target: Any
) -> Any:
    """One pixel to address `target`, of those from address `source` on, whose rows lie `row` bytes apart.

    With 2 or 4 channels colours are weighted by the last; they are not where that comes to nothing.
    """
    signature = types.void(taps, channels, types.int64, types.int64, types.float32, types.float32, types.int64)
    many, samples = taps.literal_value, channels.literal_value
    vector = ir.VectorType(SINGLE, many * samples)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, row, right, below, target = arguments
        across = _spread_each(builder, _weights(builder, many, right), samples)
        down = _weights(builder, many, below)
        lines = [load(builder, offset(builder, source, row, k), vector) for k in range(many)]
        straight = _summed(builder, lines, down, across, samples)
        if samples % 2:
            store(builder, straight, target)
        else:
            weighted = _summed(builder, [_by_alpha(builder, each, samples) for each in lines], down, across, samples)
            store(builder, _divided(builder, weighted, straight, samples), target)
        return context.get_dummy_value()

    return signature, generate


def _weights(builder: Any, taps: int, behind: Any) -> Any:
    """Of every tap, as a vector."""
    vector, rows = ir.VectorType(SINGLE, taps), list(zip(*WEIGHTS[taps], strict=True))
    t = spread(builder, behind, taps)
    total = ir.Constant(vector, list(rows[-1]))
    for row in reversed(rows[:-1]):
        total = _plus(builder, total, t, ir.Constant(vector, list(row)))
    return total


def _plus(builder: Any, one: Any, other: Any, total: Any) -> Any:
    return builder.fadd(builder.fmul(one, other, flags=CONTRACT), total, flags=CONTRACT)


def _spread_each(builder: Any, numbers: Any, samples: int) -> Any:
    """Each as many times as a pixel has samples."""
    order = mask([k // samples for k in range(numbers.type.count * samples)])
    return builder.shuffle_vector(numbers, numbers, order)


def _summed(builder: Any, lines: list[Any], down: Any, across: Any, samples: int) -> Any:
    """Rows weighted and added, then the pixels of the row that they make."""
    total = None
    for k, line in enumerate(lines):
        weight = builder.shuffle_vector(down, down, mask([k] * line.type.count))
        total = builder.fmul(line, weight) if total is None else _plus(builder, line, weight, total)
    total = builder.fmul(total, across)
    while total.type.count > samples:
        half = total.type.count // 2
        low, high = (builder.shuffle_vector(total, total, mask(list(range(k, k + half)))) for k in (0, half))
        total = builder.fadd(low, high)
    return total


def _by_alpha(builder: Any, line: Any, samples: int) -> Any:
    """Colours times alpha, which stays."""
    count = line.type.count
    ones = constant(1.0, count)
    order = [count if k % samples == samples - 1 else k // samples * samples + samples - 1 for k in range(count)]
    return builder.fmul(line, builder.shuffle_vector(line, ones, mask(order)))


def _divided(builder: Any, weighted: Any, straight: Any, samples: int) -> Any:
    """By alpha; what is not weighted where that is nothing.

    Negative weights may leave alpha below 0 or above 1: it ends there.
    """
    alpha = builder.shuffle_vector(weighted, weighted, mask([samples - 1] * samples))
    seen = builder.fcmp_ordered(">", alpha, constant(FAINT, samples))
    colours = builder.select(seen, builder.fdiv(weighted, alpha), straight)
    low, high = constant(0.0, samples), constant(1.0, samples)
    above = builder.select(builder.fcmp_ordered(">", alpha, low), alpha, low)
    share = builder.select(builder.fcmp_ordered("<", above, high), above, high)
    return builder.shuffle_vector(colours, share, mask([*range(samples - 1), 2 * samples - 1]))
