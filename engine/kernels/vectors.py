"""Vectors of float32 in LLVM's own terms, for loops that Numba's loop vectoriser leaves slow."""

from typing import Any

from llvmlite import ir

SINGLE = ir.FloatType()
WORD = ir.IntType(64)
LANE = ir.IntType(32)
CONTRACT = ("contract",)
"""Lets a product and a sum become one instruction, as in the loops that Numba compiles."""


def pointer(builder: Any, address: Any, kind: Any) -> Any:
    """An int64 address as a pointer."""
    return builder.inttoptr(address, kind.as_pointer())


def load(builder: Any, address: Any, vector: Any) -> Any:
    """A vector from any address."""
    return builder.load(pointer(builder, address, vector), align=1)


def store(builder: Any, value: Any, address: Any) -> None:
    """A vector to any address."""
    builder.store(value, pointer(builder, address, value.type), align=1)


def mask(indices: list[int]) -> Any:
    """Which lanes a shuffle takes."""
    return ir.Constant(ir.VectorType(LANE, len(indices)), indices)


def constant(value: float, lanes: int) -> Any:
    """The same float32 in all lanes."""
    return ir.Constant(ir.VectorType(SINGLE, lanes), [value] * lanes)


def spread(builder: Any, value: Any, lanes: int) -> Any:
    """One scalar in all lanes."""
    vector = ir.VectorType(value.type, lanes)
    undefined = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(undefined, value, ir.Constant(LANE, 0))
    return builder.shuffle_vector(first, undefined, mask([0] * lanes))


def offset(builder: Any, address: Any, step: Any, count: int) -> Any:
    """address + count * step."""
    return builder.add(address, builder.mul(step, ir.Constant(WORD, count)))
