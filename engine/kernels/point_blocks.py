"""A block of pixels from memory into float32 planes one behind another, and back; the planes stay in the L1 cache."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.interleave import PIXELS, SINGLES, merge, split
from engine.kernels.vectors import WORD, load, offset, store

BLOCK = 64
"""Pixels at a time."""
PLANE = 4 * BLOCK
"""Bytes from a plane of a block to the next."""


@intrinsic(prefer_literal=True)
def read_block(typing: Any, bits: Any, channels: Any, more: Any, source: Any, apart: Any, block: Any) -> Any:
    """Pixels at address `source`, or of planes that lie `apart` (0 bits), as float32 planes.

    `more` than there are channels: two, as three colours that are the first one.
    """
    signature = types.void(bits, channels, more, *[types.int64] * 3)
    size, count, copies = bits.literal_value, channels.literal_value, more.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, apart, block = arguments[3:]
        for start in range(0, BLOCK, PIXELS):
            if size:
                planes = split(builder, size, count, _past(builder, source, start * size // 8 * count))
            else:
                first = _past(builder, source, 4 * start)
                planes = [load(builder, offset(builder, first, apart, k), SINGLES) for k in range(count)]
            for k, plane in enumerate([*planes[:1] * copies, *planes]):
                store(builder, plane, _past(builder, block, k * PLANE + 4 * start))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def write_block(typing: Any, bits: Any, channels: Any, block: Any, target: Any, apart: Any) -> Any:
    """The inverse."""
    signature = types.void(bits, channels, *[types.int64] * 3)
    size, count = bits.literal_value, channels.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        block, target, apart = arguments[2:]
        for start in range(0, BLOCK, PIXELS):
            planes = [load(builder, _past(builder, block, k * PLANE + 4 * start), SINGLES) for k in range(count)]
            if size:
                merge(builder, size, planes, _past(builder, target, start * size // 8 * count))
                continue
            first = _past(builder, target, 4 * start)
            for k, plane in enumerate(planes):
                store(builder, plane, offset(builder, first, apart, k))
        return context.get_dummy_value()

    return signature, generate


def _past(builder: Any, address: Any, count: int) -> Any:
    return builder.add(address, ir.Constant(WORD, count))
