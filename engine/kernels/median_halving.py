"""Stage: the median of a square of any size on 16-bit or float32 samples, found bit by bit; alpha is copied.

Scratch: a line of pixels, and 40 kB.
"""

# The median is the largest key that no more than half of the others are below. Its bits are tried from the first that
# the square's samples do not have in common.

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.codes import BYTES, keyed, lower, store_keys, upper, vector
from engine.kernels.deliver import copy_alpha, deliver
from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    REACH,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    STREAM,
    TARGET_PLANE,
    TARGET_ROW,
)
from engine.kernels.vectors import WORD, load, spread, store

BLOCK = 128
"""Bytes of a row at a time."""
LINE = BLOCK + 40 * 16 + BYTES
"""Bytes from one row of a block's keys to the next: reach 20 of the widest pixels on both sides."""


def _signed(builder: Any, keys: Any) -> Any:
    """Keys whose order is that of signed integers, which is the one that processors compare by; its own inverse."""
    return keys if keys.type.element.width == 32 else builder.xor(keys, _top(keys.type))


def _top(kind: Any) -> Any:
    return ir.Constant(kind, [1 << (kind.element.width - 1)] * kind.count)


@intrinsic(prefer_literal=True)
def key_vector(typing: Any, bits: Any, source: Any, target: Any) -> Any:
    """A vector of samples as keys in the order of signed integers."""
    signature = types.void(bits, types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        samples = load(builder, arguments[1], vector(bits.literal_value))
        store(builder, _signed(builder, keyed(builder, samples)), arguments[2])
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def halve(typing: Any, bits: Any, window: Any, side: Any, pixel: Any, target: Any) -> Any:
    """A block of medians of squares whose keys lie at `window`, one LINE from a row to the next."""
    signature = types.void(bits, *[types.int64] * 4)
    kind = vector(bits.literal_value, BLOCK)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, window, side, pixel, target = arguments
        squares = _Squares(builder, kind, window, side, pixel)
        found, steps = squares.common()
        half = builder.lshr(builder.mul(side, side), ir.Constant(WORD, 1))
        most = spread(builder, builder.trunc(half, kind.element), kind.count)
        with cgutils.for_range(builder, steps) as loop:
            bit = builder.sub(builder.sub(steps, ir.Constant(WORD, 1)), loop.index)
            one = builder.trunc(builder.shl(ir.Constant(WORD, 1), bit), kind.element)
            trial = builder.or_(builder.load(found), spread(builder, one, kind.count))
            few = builder.icmp_signed("<=", squares.below(builder.xor(trial, _top(kind))), most)
            builder.store(builder.select(few, trial, builder.load(found)), found)
        keys = builder.xor(builder.load(found), _top(kind))
        store_keys(builder, _signed(builder, keys), target)
        return context.get_dummy_value()

    return signature, generate


class _Squares:
    """Code that goes through the keys of a block of squares."""

    def __init__(self, builder: Any, kind: Any, window: Any, side: Any, pixel: Any) -> None:
        self.builder, self.kind, self.window, self.side, self.pixel = builder, kind, window, side, pixel

    def each(self, use: Callable[[Any], None]) -> None:
        """Do something with the keys at every place of the squares."""
        builder = self.builder
        with cgutils.for_range(builder, self.side) as rows:
            row = builder.add(self.window, builder.mul(rows.index, ir.Constant(WORD, LINE)))
            with cgutils.for_range(builder, self.side) as columns:
                place = builder.add(row, builder.mul(columns.index, self.pixel))
                use(load(builder, place, self.kind))

    def common(self) -> tuple[Any, Any]:
        """The first bits, that all keys of a square have in common, unsigned; and how many bits are left at most."""
        builder, kind = self.builder, self.kind
        least, most, found = (cgutils.alloca_once(builder, kind) for _ in range(3))
        for extreme in (least, most):
            builder.store(load(builder, self.window, kind), extreme)

        def widen(keys: Any) -> None:
            builder.store(lower(builder, builder.load(least), keys, signed=True), least)
            builder.store(upper(builder, builder.load(most), keys, signed=True), most)

        self.each(widen)
        apart = builder.xor(builder.load(least), builder.load(most))
        name = f"llvm.vector.reduce.or.v{kind.count}i{kind.element.width}"
        reduce = builder.module.declare_intrinsic(name, fnty=ir.FunctionType(kind.element, [kind]))
        differing = builder.zext(builder.call(reduce, [apart]), WORD)
        leading = builder.ctlz(differing, ir.Constant(ir.IntType(1), 0))
        steps = builder.sub(ir.Constant(WORD, 64), leading)
        kept = builder.trunc(builder.shl(ir.Constant(WORD, -1), steps), kind.element)
        unsigned = builder.xor(builder.load(least), _top(kind))
        builder.store(builder.and_(unsigned, spread(builder, kept, kind.count)), found)
        return found, steps

    def below(self, limit: Any) -> Any:
        """How many keys of each square are below a limit."""
        builder, count = self.builder, cgutils.alloca_once(self.builder, self.kind)
        builder.store(ir.Constant(self.kind, [0] * self.kind.count), count)

        def add(keys: Any) -> None:
            less = builder.sext(builder.icmp_signed("<", keys, limit), self.kind)
            builder.store(builder.sub(builder.load(count), less), count)

        self.each(add)
        return builder.load(count)


@njit(inline="always")
def key_window(bits: Any, source: Any, stride: Any, rows: Any, width: Any, window: Any) -> None:
    """`width` bytes of some rows of samples as keys."""
    for row in range(rows):
        for x in range(0, width, BYTES):
            key_vector(bits, source + row * stride + x, window + row * LINE + x)


def build(codes: type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """A stage for one kind of samples, on interleaved pixels or float32 planes; reach is at most 20."""
    size = np.dtype(codes).itemsize
    bits = 8 * size

    def median_halving(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, stride, reach = geometry[SOURCE_PIXEL], geometry[SOURCE_ROW], geometry[REACH]
        planes, width, gap = geometry[PLANES_IN], geometry[COLUMNS] * geometry[SOURCE_PIXEL], geometry[TARGET_ROW]
        side, window = 2 * reach + 1, address_of(scratch)
        made = window + side * LINE
        for plane in range(planes - (planes > 1 and planes % 2 == 0)):
            for row in range(geometry[ROWS]):
                corner = address_of(source) + plane * geometry[SOURCE_PLANE] + row * stride
                out = address_of(target) + plane * geometry[TARGET_PLANE] + row * gap
                for x in range(0, width, BLOCK):
                    key_window(bits, corner + x, stride, side, BLOCK + 2 * reach * pixel, window)
                    halve(bits, window, side, pixel, made + x)
                centre = corner + reach * (stride + pixel)
                deliver(bits, pixel // size, made, centre, out, width, geometry[STREAM])
        copy_alpha(source, target, geometry)

    return median_halving
