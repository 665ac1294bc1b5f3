"""Stage: every so many rows, float32 averages of the rows above and below by a symmetric convolution."""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    LEFT,
    PLANES_IN,
    ROWS,
    SOURCE_HEIGHT,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
    TOP,
)
from engine.kernels.vectors import CONTRACT, SINGLE, WORD, load, offset, pointer, spread, store

LANES = 64
"""Outputs at a time."""
STRIP = 512
"""Columns of samples that all rows of a call are made of before the next ones: what they read stays in the cache."""


@intrinsic(prefer_literal=True)
def average_block(
    typing: Any, lanes: Any, bits: Any, source: Any, stride: Any, centre: Any, last: Any, taps: Any, target: Any
) -> Any:
    """Outputs extra + taps[0] * row `centre` + sum of taps[k] * (row centre - k + row centre + k).

    Rows before the first and behind `last` are these. Samples are codes of 8 or 16 bits, or float32 for 32. At `taps`
    lie the reach as a whole number, `extra`, and the taps.
    """
    signature = types.void(lanes, bits, *[types.int64] * 6)
    count, width = lanes.literal_value, bits.literal_value
    kind = SINGLE if width == 32 else ir.IntType(width)
    sums = ir.VectorType(SINGLE if width == 32 else ir.IntType(2 * width), count)
    vector, singles = ir.VectorType(kind, count), ir.VectorType(SINGLE, count)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, stride, centre, last, taps, target = arguments[2:]

        def row(place: Any) -> Any:
            above = builder.select(builder.icmp_signed("<", place, last), place, last)
            kept = builder.select(builder.icmp_signed(">", above, ir.Constant(WORD, 0)), above, ir.Constant(WORD, 0))
            samples = load(builder, builder.add(source, builder.mul(kept, stride)), vector)
            return samples if width == 32 else builder.zext(samples, sums)

        def scaled(samples: Any, place: Any) -> Any:
            numbers = samples if width == 32 else builder.uitofp(samples, singles)
            return builder.fmul(_tap(builder, place, count), numbers, flags=CONTRACT)

        reach = builder.load(pointer(builder, taps, ir.IntType(32)))
        past = builder.add(builder.sext(reach, WORD), ir.Constant(WORD, 1))
        first = offset(builder, taps, ir.Constant(WORD, 4), 2)
        total = cgutils.alloca_once(builder, singles)
        extra = _tap(builder, offset(builder, taps, ir.Constant(WORD, 4), 1), count)
        builder.store(builder.fadd(extra, scaled(row(centre), first), flags=CONTRACT), total)
        with cgutils.for_range(builder, past, start=ir.Constant(WORD, 1)) as loop:
            above, below = row(builder.sub(centre, loop.index)), row(builder.add(centre, loop.index))
            both = builder.fadd(above, below) if width == 32 else builder.add(above, below)
            product = scaled(both, offset(builder, first, loop.index, 4))
            builder.store(builder.fadd(builder.load(total), product, flags=CONTRACT), total)
        store(builder, builder.load(total), target)
        return context.get_dummy_value()

    return signature, generate


def build(kind: type[np.uint8] | type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """A stage that reads the picture in memory, interleaved or in planes, and makes float32 samples that lie alike.

    Parameters are rows of the source for one of the target, then what `average_block` takes.
    """
    size = np.dtype(kind).itemsize
    bits = 8 * size

    def shrink(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, stride, every = geometry[SOURCE_PIXEL], geometry[SOURCE_ROW], int(parameters[0])
        samples, last = geometry[COLUMNS] * pixel // size, geometry[SOURCE_HEIGHT] - 1
        taps = carray(parameters, (2,)).ctypes.data + 4
        for plane in range(geometry[PLANES_IN]):
            first = address_of(source) + plane * geometry[SOURCE_PLANE] + geometry[LEFT] * pixel
            out = address_of(target) + plane * geometry[TARGET_PLANE]
            for strip in range(0, samples, STRIP):
                stop = min(samples, strip + STRIP)
                for row in range(geometry[ROWS]):
                    centre, line = (geometry[TOP] + row) * every, out + row * geometry[TARGET_ROW]
                    for x in range(strip, stop - LANES + 1, LANES):
                        average_block(LANES, bits, first + size * x, stride, centre, last, taps, line + 4 * x)
                    for x in range(stop - (stop - strip) % LANES, stop):
                        average_block(1, bits, first + size * x, stride, centre, last, taps, line + 4 * x)

    return shrink


def _tap(builder: Any, address: Any, lanes: int) -> Any:
    return spread(builder, builder.load(pointer(builder, address, SINGLE)), lanes)
