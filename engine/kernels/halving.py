"""The mean of two by two codes of 8 or 16 bits, rounded half up, in whole numbers."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.vectors import WORD, load, mask, store

REGISTERS, REGISTER = 4, 16
"""How many are made at a time, and the bytes of each."""


def pixels_of(channels: int, size: int) -> int:
    """Pixels that a register makes, of channels of so many bytes."""
    return REGISTER // (2 * channels * size)


@intrinsic(prefer_literal=True)
def halve(typing: Any, channels: Any, size: Any, source: Any, row: Any, target: Any) -> Any:
    """REGISTERS times `pixels_of` pixels of interleaved channels, from rows at `source` and `row` behind it.

    Up to two pixels are read, and up to one written, beyond them.
    """
    signature = types.void(channels, size, *[types.int64] * 3)
    count, width = channels.literal_value, size.literal_value
    made = pixels_of(count, width)
    together = [2 * count * k + c + count * right for k in range(made) for c in range(count) for right in range(2)]
    lanes = REGISTER // width
    order = [lanes * k + each for k in range(REGISTERS) for each in together + [0] * (lanes - len(together))]
    code, pair = ir.IntType(8 * width), ir.IntType(16 * width)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, row, target = arguments
        pairs = ir.VectorType(pair, REGISTERS * lanes // 2)
        total = ir.Constant(pairs, [2] * pairs.count)
        for above in (source, builder.add(source, row)):
            codes = _loaded(builder, above, ir.VectorType(code, lanes), len(together) * width)
            sorted_codes = builder.bitcast(builder.shuffle_vector(codes, codes, mask(order)), pairs)
            low = builder.and_(sorted_codes, ir.Constant(pairs, [(1 << 8 * width) - 1] * pairs.count))
            high = builder.lshr(sorted_codes, ir.Constant(pairs, [8 * width] * pairs.count))
            total = builder.add(total, builder.add(low, high))
        means = builder.bitcast(builder.lshr(total, ir.Constant(pairs, [2] * pairs.count)), codes.type)
        for k in range(REGISTERS):
            kept = mask([lanes * k + 2 * each for each in range(lanes // 2)])
            place = builder.add(target, ir.Constant(WORD, k * made * count * width))
            store(builder, builder.shuffle_vector(means, means, kept), place)
        return context.get_dummy_value()

    return signature, generate


def _loaded(builder: Any, address: Any, register: Any, apart: int) -> Any:
    """Registers that begin so many bytes apart, as one vector."""
    parts = [load(builder, builder.add(address, ir.Constant(WORD, k * apart)), register) for k in range(REGISTERS)]
    while len(parts) > 1:
        joined = mask(list(range(2 * parts[0].type.count)))
        parts = [builder.shuffle_vector(parts[k], parts[k + 1], joined) for k in range(0, len(parts), 2)]
    return parts[0]
