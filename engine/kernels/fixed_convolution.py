"""A symmetric convolution of 16-bit codes in 16-bit arithmetic: a mean, a high product and a sum for each pair."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.vectors import LANE, WORD, load, offset, pointer, spread, store

HALF = ir.IntType(16)
GROUP = 16
"""Codes in one register."""
BLOCK = 64
"""Outputs of one row at a time."""
PAIRED = 48
"""Outputs of each of two rows at a time: two sums and two codes that are kept, in twelve of sixteen registers."""


@intrinsic(prefer_literal=True)
def fixed_block(
    typing: Any, lanes: Any, bits: Any, source: Any, step: Any, weights: Any, reach: Any, target: Any
) -> Any:
    """Outputs bias + weight of the centre + sum of each pair's mean times the pair's weight, in 65536ths.

    `weights` is the address of 32-bit numbers that hold bias, centre and pairs twice each, so that one load fills a
    register. The weights add up to 65536; products are cut off, for which the bias makes up. `bits` is 16, or 8 for
    codes of 8 bits, rounded.
    """
    signature = types.void(lanes, bits, *[types.int64] * 5)
    groups, vector = _groups(lanes.literal_value)
    code = ir.IntType(bits.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, step, weights, reach, target = arguments
        totals = [cgutils.alloca_once(builder, vector) for _ in groups]
        bias, centre = weight_at(builder, weights, vector), weight_at(builder, _after(builder, weights, 4), vector)
        for total, group in zip(totals, groups, strict=True):
            codes = load(builder, _after(builder, source, group), vector)
            builder.store(builder.add(bias, share_of(builder, codes, centre)), total)
        with cgutils.for_range(builder, _after(builder, reach, 1), start=ir.Constant(WORD, 1)) as loop:
            away = builder.mul(loop.index, step)
            weight = weight_at(builder, _after(builder, offset(builder, weights, loop.index, 4), 4), vector)
            before, after = builder.sub(source, away), builder.add(source, away)
            for total, group in zip(totals, groups, strict=True):
                one, other = (load(builder, _after(builder, place, group), vector) for place in (before, after))
                _add(builder, total, share_of(builder, _mean(builder, one, other), weight))
        for total, group in zip(totals, groups, strict=True):
            codes = narrowed(builder, builder.load(total), code)
            store(builder, codes, _after(builder, target, group * code.width // 16))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def fixed_pair(typing: Any, lanes: Any, source: Any, step: Any, weights: Any, reach: Any, target: Any, gap: Any) -> Any:
    """The same for `source` and the row one step behind it, to `target` and `gap` behind it; see `convolve_pair`."""
    signature = types.void(lanes, *[types.int64] * 6)
    groups, vector = _groups(lanes.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, step, weights, reach, target, gap = arguments
        second, lower_target = builder.add(source, step), builder.add(target, gap)
        rows = [[cgutils.alloca_once(builder, vector) for _ in range(4)] for _ in groups]
        bias, centre = weight_at(builder, weights, vector), weight_at(builder, _after(builder, weights, 4), vector)
        for (upper, lower, above, below), group in zip(rows, groups, strict=True):
            for place, kept, total in ((source, above, upper), (second, below, lower)):
                codes = load(builder, _after(builder, place, group), vector)
                builder.store(codes, kept)
                builder.store(builder.add(bias, share_of(builder, codes, centre)), total)
        with cgutils.for_range(builder, _after(builder, reach, 1), start=ir.Constant(WORD, 1)) as loop:
            away = builder.mul(loop.index, step)
            weight = weight_at(builder, _after(builder, offset(builder, weights, loop.index, 4), 4), vector)
            before, after = builder.sub(source, away), builder.add(second, away)
            for (upper, lower, above, below), group in zip(rows, groups, strict=True):
                higher, deeper = (load(builder, _after(builder, place, group), vector) for place in (before, after))
                _add(builder, upper, share_of(builder, _mean(builder, higher, builder.load(below)), weight))
                _add(builder, lower, share_of(builder, _mean(builder, builder.load(above), deeper), weight))
                builder.store(higher, above)
                builder.store(deeper, below)
        for (upper, lower, _, _), group in zip(rows, groups, strict=True):
            store(builder, builder.load(upper), _after(builder, target, group))
            store(builder, builder.load(lower), _after(builder, lower_target, group))
        return context.get_dummy_value()

    return signature, generate


@register_jitable
def fixed_row(source: Any, step: Any, weights: Any, reach: Any, target: Any, width: Any) -> None:
    """`width` outputs of one row; the last block overlaps the one before it. All but the counts are int64 addresses."""
    if width < BLOCK:
        for x in range(width):
            fixed_block(1, 16, source + 2 * x, step, weights, reach, target + 2 * x)
        return
    for x in range(0, width - BLOCK + 1, BLOCK):
        fixed_block(BLOCK, 16, source + 2 * x, step, weights, reach, target + 2 * x)
    last = 2 * (width - BLOCK)
    fixed_block(BLOCK, 16, source + last, step, weights, reach, target + last)


@register_jitable
def fixed_bytes(source: Any, step: Any, weights: Any, reach: Any, target: Any, width: Any) -> None:
    """The same in codes of 8 bits."""
    if width < BLOCK:
        for x in range(width):
            fixed_block(1, 8, source + 2 * x, step, weights, reach, target + x)
        return
    for x in range(0, width - BLOCK + 1, BLOCK):
        fixed_block(BLOCK, 8, source + 2 * x, step, weights, reach, target + x)
    last = width - BLOCK
    fixed_block(BLOCK, 8, source + 2 * last, step, weights, reach, target + last)


@register_jitable
def fixed_rows(source: Any, step: Any, weights: Any, reach: Any, target: Any, gap: Any, width: Any) -> None:
    """`width` outputs of each of two rows that lie one step apart."""
    if width < PAIRED:
        for x in range(width):
            fixed_pair(1, source + 2 * x, step, weights, reach, target + 2 * x, gap)
        return
    for x in range(0, width - PAIRED + 1, PAIRED):
        fixed_pair(PAIRED, source + 2 * x, step, weights, reach, target + 2 * x, gap)
    last = 2 * (width - PAIRED)
    fixed_pair(PAIRED, source + last, step, weights, reach, target + last, gap)


def _groups(count: int) -> tuple[list[int], Any]:
    """Bytes before each register's codes, and the register."""
    size = min(count, GROUP)
    return list(range(0, 2 * count, 2 * size)), ir.VectorType(HALF, size)


def _after(builder: Any, place: Any, count: int) -> Any:
    return builder.add(place, ir.Constant(WORD, count))


def weight_at(builder: Any, address: Any, vector: Any) -> Any:
    """The number at the address in all lanes; both halves of 32 bits hold it."""
    both = builder.load(pointer(builder, address, LANE))
    if vector.count == 1:
        return builder.bitcast(builder.trunc(both, HALF), vector)
    return builder.bitcast(spread(builder, both, vector.count // 2), vector)


def _mean(builder: Any, one: Any, other: Any) -> Any:
    """(one + other + 1) // 2, which is one instruction."""
    wide = ir.VectorType(LANE, one.type.count)
    total = builder.add(builder.zext(one, wide), builder.zext(other, wide))
    up = ir.Constant(wide, [1] * wide.count)
    return builder.trunc(builder.lshr(builder.add(total, up), up), one.type)


def share_of(builder: Any, codes: Any, weight: Any) -> Any:
    """codes * weight // 65536, which is one instruction."""
    wide = ir.VectorType(LANE, codes.type.count)
    product = builder.mul(builder.zext(codes, wide), builder.zext(weight, wide))
    return builder.trunc(builder.lshr(product, ir.Constant(wide, [16] * wide.count)), codes.type)


def narrowed(builder: Any, codes: Any, code: Any) -> Any:
    """The codes themselves, or divided by 257 and rounded."""
    if code.width == 16:
        return codes
    eight, half = (ir.Constant(codes.type, [value] * codes.type.count) for value in (8, 128))
    rounded = builder.add(builder.sub(codes, builder.lshr(codes, eight)), half)
    return builder.trunc(builder.lshr(rounded, eight), ir.VectorType(code, codes.type.count))


def _add(builder: Any, total: Any, value: Any) -> None:
    builder.store(builder.add(builder.load(total), value), total)
