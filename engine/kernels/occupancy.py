"""Sets of small whole numbers as bits: how many of a word are set, and which comes first."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.vectors import WORD


@intrinsic
def count_bits(typing: Any, word: Any) -> Any:
    """How many bits of 64 are set."""
    signature = types.int64(types.uint64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return signature, generate


@intrinsic
def first_bit(typing: Any, word: Any) -> Any:
    """The place of the lowest of 64 bits that is set; one is."""
    signature = types.int64(types.uint64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return signature, generate


@intrinsic
def bit(typing: Any, place: Any) -> Any:
    """A word with the bit of that place, counted modulo 64, set."""
    signature = types.uint64(types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        low = builder.and_(arguments[0], ir.Constant(WORD, 63))
        return builder.shl(ir.Constant(WORD, 1), low)

    return signature, generate
