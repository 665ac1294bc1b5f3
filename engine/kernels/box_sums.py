"""Sums of rows and along rows for boxes: a few columns of many rows in registers, and running sums of one row."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.vectors import LANE, SINGLE, WORD, load, mask, pointer, store

RUN, TOGETHER = 8, 3
"""Sums in one register, and registers at a time."""


def kind_of(bits: int) -> Any:
    """Integers of so many bits, or float32 for 0."""
    return ir.IntType(bits) if bits else SINGLE


@intrinsic(prefer_literal=True)
def column_sums(
    typing: Any, lanes: Any, source_bits: Any, sum_bits: Any, source: Any, stride: Any, rows: Any, target: Any
) -> Any:
    """Sums of `rows` numbers below each other, one after the other; `stride` in bytes, places are int64 addresses."""
    signature = types.void(lanes, source_bits, sum_bits, *[types.int64] * 4)
    count, narrow, wide = lanes.literal_value, kind_of(source_bits.literal_value), kind_of(sum_bits.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, stride, rows, target = arguments[3:]
        vector, sums = ir.VectorType(narrow, count), ir.VectorType(wide, count)
        total = cgutils.alloca_once(builder, sums)
        builder.store(_wider(builder, load(builder, source, vector), sums), total)
        with cgutils.for_range(builder, rows, start=ir.Constant(WORD, 1)) as loop:
            numbers = load(builder, builder.add(source, builder.mul(loop.index, stride)), vector)
            add = builder.fadd if wide is SINGLE else builder.add
            builder.store(add(builder.load(total), _wider(builder, numbers, sums)), total)
        store(builder, builder.load(total), target)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def running_sums(typing: Any, vectors: Any, bits: Any, channels: Any, source: Any, target: Any, blocks: Any) -> Any:
    """Of so many blocks of RUN `vectors` integers, the sum of each and all before it of its channel, modulo 2 ** 32.

    It goes on from the sums that lie before `target`. Several vectors wait but once for the block before.
    """
    signature = types.void(vectors, bits, channels, *[types.int64] * 3)
    count, narrow, step = vectors.literal_value, ir.IntType(bits.literal_value), channels.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, target, blocks = arguments[3:]
        vector, sums = ir.VectorType(narrow, RUN), ir.VectorType(LANE, RUN)
        before = cgutils.alloca_once(builder, sums)
        builder.store(_ending(builder, target, step, sums), before)
        with cgutils.for_range(builder, blocks) as loop:
            start = builder.mul(loop.index, ir.Constant(WORD, RUN * count))
            carried, previous = builder.load(before), None
            for index in range(count):
                place = builder.add(start, ir.Constant(WORD, RUN * index))
                numbers = load(builder, _at(builder, source, place, narrow), vector)
                total = _scanned(builder, _wider(builder, numbers, sums), step)
                if previous is not None:
                    total = builder.add(total, _ends(builder, previous, step, 0))
                previous = total
                total = builder.add(total, _ends(builder, carried, step, RUN * index))
                store(builder, total, _at(builder, target, place, LANE))
            builder.store(total, before)
        return context.get_dummy_value()

    return signature, generate


def _at(builder: Any, address: Any, index: Any, kind: Any) -> Any:
    return builder.add(address, builder.mul(index, ir.Constant(WORD, kind.width // 8)))


def _ending(builder: Any, target: Any, step: int, sums: Any) -> Any:
    """A vector that ends with the `step` numbers before `target`."""
    vector = ir.Constant(sums, [0] * RUN)
    for lane in range(RUN - step, RUN):
        number = builder.load(pointer(builder, _at(builder, target, ir.Constant(WORD, lane - RUN), LANE), LANE))
        vector = builder.insert_element(vector, number, ir.Constant(LANE, lane))
    return vector


def _scanned(builder: Any, numbers: Any, step: int) -> Any:
    """Running sums within one vector, of every `step`-th number."""
    nothing, away = ir.Constant(numbers.type, [0] * RUN), step
    while away < RUN:
        shifted = mask([RUN + lane - away if lane >= away else 0 for lane in range(RUN)])
        numbers = builder.add(numbers, builder.shuffle_vector(nothing, numbers, shifted))
        away *= 2
    return numbers


def _ends(builder: Any, sums: Any, step: int, past: int) -> Any:
    """For each lane of a vector that begins `past` numbers behind `sums`, the last sum of the same channel."""
    return builder.shuffle_vector(sums, sums, mask([RUN - step + (past + lane) % step for lane in range(RUN)]))


def _wider(builder: Any, numbers: Any, sums: Any) -> Any:
    return numbers if numbers.type == sums else builder.zext(numbers, sums)
