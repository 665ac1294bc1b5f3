"""Stage: the smallest or largest sample of a square of any size, on samples of any depth; alpha is copied.

Its only parameter is 1 for the largest, 0 for the smallest. Scratch: LINES lines of pixels, the reach included, and 192
bytes for each line.
"""

# Some rows at a time: what all their windows share is reduced once, then what lies above and below is added row by row
# (van Herk 1992; Gil and Werman 1993). Along rows, windows of 4, 16 and 64 are made of four smaller ones each, and the
# last of four that may overlap.

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.codes import keyed, load_keys, lower, vector
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

TOGETHER = 16
"""Rows at a time, at most."""
LINES = TOGETHER + 2
STRIP, BLOCK = 128, 64
"""Bytes of a row at a time: down columns, and along rows."""


@intrinsic(prefer_literal=True)
def reduce_rows(
    typing: Any, bits: Any, source: Any, stride: Any, reach: Any, rows: Any, flip: Any, target: Any, line: Any
) -> Any:
    """For a strip of columns the smallest key of 2 reach + 1 rows, from each of `rows` rows on; rows <= 2 reach + 1."""
    signature = types.void(bits, *[types.int64] * 7)
    kind = vector(bits.literal_value, STRIP)
    largest = (1 << bits.literal_value) - 1 if bits.literal_value < 32 else (1 << 31) - 1

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, stride, reach, rows, flip, target, line = arguments
        one, so_far = ir.Constant(WORD, 1), cgutils.alloca_once(builder, kind)
        twice = builder.mul(reach, ir.Constant(WORD, 2))
        flips = spread(builder, builder.trunc(flip, kind.element), kind.count)

        def read(row: Any) -> Any:
            return builder.xor(load_keys(builder, builder.add(source, builder.mul(row, stride)), kind), flips)

        def add(row: Any) -> Any:
            builder.store(lower(builder, builder.load(so_far), read(row)), so_far)
            return builder.load(so_far)

        def place(row: Any) -> Any:
            return builder.add(target, builder.mul(row, line))

        last = builder.sub(rows, one)
        builder.store(read(last), so_far)
        with cgutils.for_range(builder, builder.add(twice, one), start=rows) as loop:
            add(loop.index)
        store(builder, builder.load(so_far), place(last))
        with cgutils.for_range(builder, last) as loop:
            row = builder.sub(builder.sub(last, one), loop.index)
            store(builder, add(row), place(row))
        builder.store(ir.Constant(kind, [largest] * kind.count), so_far)
        with cgutils.for_range(builder, rows, start=one) as loop:
            below = add(builder.add(loop.index, twice))
            above = load(builder, place(loop.index), kind)
            store(builder, lower(builder, above, below), place(loop.index))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def join_four(typing: Any, bits: Any, last: Any, source: Any, a: Any, b: Any, c: Any, flip: Any, target: Any) -> Any:
    """The smallest key at `source` and a, b and c bytes behind it; `last` makes samples of keys."""
    signature = types.void(bits, last, *[types.int64] * 6)
    kind, final = vector(bits.literal_value, BLOCK), last.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, a, b, c, flip, target = arguments
        first, second, third, fourth = (
            load(builder, address, kind) for address in (source, *(builder.add(source, each) for each in (a, b, c)))
        )
        found = lower(builder, lower(builder, first, second), lower(builder, third, fourth))
        if final:
            flips = spread(builder, builder.trunc(flip, kind.element), kind.count)
            found = keyed(builder, builder.xor(found, flips))
        store(builder, found, target)
        return context.get_dummy_value()

    return signature, generate


@njit(inline="always")
def reduce_row(bits: Any, line: Any, width: Any, reach: Any, pixel: Any, flip: Any, one: Any, other: Any) -> Any:
    """The smallest key of 2 reach + 1 pixels of a line as samples, `width` bytes; where they are."""
    side, made, source, target = 2 * reach + 1, 1, line, one
    while 4 * made <= side:
        step = made * pixel
        for x in range(0, width + (side - 4 * made) * pixel, BLOCK):
            join_four(bits, 0, source + x, step, 2 * step, 3 * step, flip, target + x)
        made *= 4
        source, target = target, other if target == one else one
    step, last = made * pixel, (side - made) * pixel
    for x in range(0, width, BLOCK):
        join_four(bits, 1, source + x, min(step, last), min(2 * step, last), last, flip, target + x)
    return target


def build(codes: type[np.uint8] | type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """A stage for one kind of samples, on interleaved pixels or float32 planes."""
    size = np.dtype(codes).itemsize
    bits = 8 * size

    def extreme(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, stride, rows, reach = geometry[SOURCE_PIXEL], geometry[SOURCE_ROW], geometry[ROWS], geometry[REACH]
        planes, width, gap = geometry[PLANES_IN], geometry[COLUMNS] * pixel, geometry[TARGET_ROW]
        flip = -1 if parameters[0] > 0.0 else 0
        whole = width + 2 * reach * pixel
        line = (whole + STRIP - 1) // STRIP * STRIP + BLOCK
        lines = address_of(scratch)
        one, other = lines + TOGETHER * line, lines + (TOGETHER + 1) * line
        together = max(1, min(TOGETHER, 2 * reach))
        for plane in range(planes - (planes > 1 and planes % 2 == 0)):
            for group in range((rows + together - 1) // together):
                first = group * together
                count = min(together, rows - first)
                corner = address_of(source) + plane * geometry[SOURCE_PLANE] + first * stride
                out = address_of(target) + plane * geometry[TARGET_PLANE] + first * gap
                for x in range(0, whole, STRIP):
                    reduce_rows(bits, corner + x, stride, reach, count, flip, lines + x, line)
                for row in range(count):
                    made = reduce_row(bits, lines + row * line, width, reach, pixel, flip, one, other)
                    centre = corner + (row + reach) * stride + reach * pixel
                    deliver(bits, pixel // size, made, centre, out + row * gap, width, geometry[STREAM])
        copy_alpha(source, target, geometry)

    return extreme
