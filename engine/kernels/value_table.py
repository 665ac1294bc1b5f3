"""A table of 256 float32 values looked up for 64 bytes at once: one table for each byte of a value (AVX-512 VBMI)."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.byte_table import BLOCK, BYTE, permute
from engine.kernels.vectors import LANE, WORD, load, mask, store

ENTRIES = 256
BYTES = 4
"""Of a value, and so tables."""
QUARTER = BLOCK // 4


@intrinsic
def look_up_values(typing: Any, tables: Any, source: Any, target: Any) -> Any:
    """BLOCK values at address `target` for the bytes at `source`; the tables of their bytes lie one behind another."""
    signature = types.void(*[types.int64] * 3)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        tables, source, target = arguments
        codes = load(builder, source, ir.VectorType(LANE, QUARTER))
        # Quarters of quarters change places, so that bytes that are joined within quarters come out in order.
        order = mask([4 * (k % 4) + k // 4 for k in range(QUARTER)])
        codes = builder.bitcast(builder.shuffle_vector(codes, codes, order), ir.VectorType(BYTE, BLOCK))
        planes = [permute(builder, builder.add(tables, ir.Constant(WORD, ENTRIES * k)), codes) for k in range(BYTES)]
        pairs = [_joined(builder, planes[k], planes[k + 1], 1) for k in (0, 2)]
        for half in range(2):
            for k, values in enumerate(_joined(builder, pairs[0][half], pairs[1][half], 2)):
                store(builder, values, builder.add(target, ir.Constant(WORD, BLOCK * (2 * half + k))))
        return context.get_dummy_value()

    return signature, generate


def _joined(builder: Any, low: Any, high: Any, size: int) -> list[Any]:
    """Items of so many bytes of two vectors in turn, quarter by quarter: of the first halves, then of the second."""
    result = []
    for half in range(2):
        lanes = [
            start + 8 * half + size * item + byte + BLOCK * which
            for start in range(0, BLOCK, QUARTER)
            for item in range(8 // size)
            for which in range(2)
            for byte in range(size)
        ]
        result.append(builder.shuffle_vector(low, high, mask(lanes)))
    return result
