"""Interleaved pixels and float32 planes, a vector of pixels at a time: shuffles that no loop is turned into."""

# Shuffles of two vectors of one register's width are one or two instructions everywhere; of wider ones LLVM moves every
# sample alone (24 Mpx RGB: 20 ms more of CPU).

from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.vectors import LANE, SINGLE, WORD, constant, load, mask, store

PIXELS = 16
"""Pixels at a time."""
FLOATS = 32
"""Bits of a sample that is no code."""
SINGLES = ir.VectorType(SINGLE, PIXELS)
WIDTHS = {8: 16, 16: 8, 32: 8}
"""Samples of a vector that is shuffled, by their bits."""


@intrinsic
def address_of(typing: Any, pointer: Any) -> Any:
    """The address that a pointer holds."""
    signature = types.int64(pointer)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ptrtoint(arguments[0], ir.IntType(64))

    return signature, generate


def split(builder: Any, bits: int, channels: int, source: Any, *, scaled: bool = True) -> list[Any]:
    """The channels of PIXELS pixels at address `source` as vectors of float32, full scale 1 or codes."""
    width = WIDTHS[bits]
    vector = ir.VectorType(SINGLE if bits == FLOATS else ir.IntType(bits), width)
    pieces: list[list[Any]] = [[] for _ in range(channels)]
    for start in range(0, PIXELS * channels, width * channels):
        places = [builder.add(source, ir.Constant(WORD, (start + k * width) * bits // 8)) for k in range(channels)]
        vectors = [load(builder, place, vector) for place in places]
        for channel in range(channels):
            pieces[channel].append(_chosen(builder, vectors, range(channel, width * channels, channels)))
    planes = [_joined(builder, piece) for piece in pieces]
    if bits == FLOATS:
        return planes
    numbers = [builder.uitofp(plane, SINGLES) for plane in planes]
    scale = constant(1.0 / ((1 << bits) - 1), PIXELS)
    return [builder.fmul(plane, scale) for plane in numbers] if scaled else numbers


def merge(builder: Any, bits: int, planes: list[Any], target: Any, *, scaled: bool = True) -> None:
    """The inverse, to address `target`: codes are clipped and rounded half up, float32 is kept.

    Numbers that are codes already, and half a code more, are clipped and cut off.
    """
    width, count = WIDTHS[bits], len(planes)
    whole = planes if bits == FLOATS else [_code(builder, plane, bits, scaled) for plane in planes]
    for start in range(0, PIXELS, width):
        parts = [_part(builder, plane, start, width) for plane in whole]
        for k in range(count):
            samples = [divmod(k * width + lane, count) for lane in range(width)]
            pixels = _chosen(builder, parts, [channel * width + pixel for pixel, channel in samples])
            store(builder, pixels, builder.add(target, ir.Constant(WORD, (start * count + k * width) * bits // 8)))


def _chosen(builder: Any, vectors: list[Any], indices: Sequence[int]) -> Any:
    """One vector of the samples with those numbers, counted through all the vectors, which join one after another."""
    width = vectors[0].type.count
    if len(vectors) == 1:
        return vectors[0]
    found = vectors[0]
    for number, vector in enumerate(vectors[1:], start=1):
        order = []
        for lane, index in enumerate(indices):
            which, place = divmod(index, width)
            kept = place if (which, number) == (0, 1) else lane
            order.append(width + place if which == number else kept)
        found = builder.shuffle_vector(found, vector, mask(order))
    return found


def _part(builder: Any, plane: Any, start: int, width: int) -> Any:
    if plane.type.count == width:
        return plane
    return builder.shuffle_vector(plane, plane, mask(list(range(start, start + width))))


def _joined(builder: Any, pieces: list[Any]) -> Any:
    """One vector, or two as one."""
    if len(pieces) == 1:
        return pieces[0]
    return builder.shuffle_vector(pieces[0], pieces[1], mask(list(range(PIXELS))))


def _code(builder: Any, singles: Any, bits: int, scaled: bool) -> Any:
    """0.5 to top + 0.5, cut off; comparisons are ordered, so NaN becomes 0."""
    top = (1 << bits) - 1
    if scaled:
        singles = builder.fadd(builder.fmul(singles, constant(float(top), PIXELS)), constant(0.5, PIXELS))
    low, high = constant(0.0, PIXELS), constant(top + 0.5, PIXELS)
    above = builder.select(builder.fcmp_ordered(">", singles, low), singles, low)
    limited = builder.select(builder.fcmp_ordered("<", above, high), above, high)
    return builder.trunc(builder.fptosi(limited, ir.VectorType(LANE, PIXELS)), ir.VectorType(ir.IntType(bits), PIXELS))
