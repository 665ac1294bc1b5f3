"""Room on the stack for a few float32 numbers: which no other array can overlap, as the compiler knows."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.vectors import SINGLE

LINE = 64
"""Bytes of the widest vectors, which begin at multiples of as many."""


@intrinsic(prefer_literal=True)
def room(typing: Any, count: Any) -> Any:
    """A pointer to as many numbers, until the function that calls this returns."""
    signature = types.CPointer(types.float32)(count)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = cgutils.alloca_once(builder, ir.ArrayType(SINGLE, count.literal_value))
        array.align = LINE
        return builder.bitcast(array, SINGLE.as_pointer())

    return signature, generate
