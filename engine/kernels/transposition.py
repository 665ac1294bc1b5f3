"""Squares of 8 x 8 float32 samples with rows and columns exchanged, in registers."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.vectors import SINGLE, WORD, load, mask, store

SIDE = 8
EIGHT = ir.VectorType(SINGLE, SIDE)
PAIRS = (
    ([0, 8, 1, 9, 4, 12, 5, 13], [2, 10, 3, 11, 6, 14, 7, 15]),
    ([0, 1, 8, 9, 4, 5, 12, 13], [2, 3, 10, 11, 6, 7, 14, 15]),
    ([0, 1, 2, 3, 8, 9, 10, 11], [4, 5, 6, 7, 12, 13, 14, 15]),
)
"""Lanes of two rows that go together: samples, then pairs of them, then halves."""


@intrinsic
def transpose(typing: Any, source: Any, row: Any, last: Any, target: Any, line: Any, lowest: Any) -> Any:
    """Rows `row` bytes apart at address `source` become columns of rows `line` bytes apart at address `target`.

    Row `last` and those behind it are read as the same one, and written as the same one that is `lowest`: a square may
    have fewer rows or columns than 8.
    """
    signature = types.void(*[types.int64] * 6)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, row, last, target, line, lowest = arguments
        rows = [load(builder, _row(builder, source, row, last, k), EIGHT) for k in range(SIDE)]
        columns = transposed(builder, rows)
        # From below, so that what was written for a row that is not there is written over by the last that is.
        for k in reversed(range(SIDE)):
            store(builder, columns[k], _row(builder, target, line, lowest, k))
        return context.get_dummy_value()

    return signature, generate


def _row(builder: Any, address: Any, apart: Any, last: Any, k: int) -> Any:
    number = ir.Constant(WORD, k)
    within = builder.select(builder.icmp_signed("<", number, last), number, last)
    return builder.add(address, builder.mul(apart, within))


def transposed(builder: Any, rows: list[Any]) -> list[Any]:
    """Vectors of 8 lanes of any kind, their lanes exchanged with their order."""
    low, high = PAIRS[0]
    first = [_pair(builder, rows[k], rows[k + 1], lanes) for k in range(0, SIDE, 2) for lanes in (low, high)]
    low, high = PAIRS[1]
    second = [
        _pair(builder, first[k + half], first[k + 2 + half], lanes)
        for k in range(0, SIDE, 4)
        for half in range(2)
        for lanes in (low, high)
    ]
    low, high = PAIRS[2]
    return [_pair(builder, second[k], second[k + 4], lanes) for lanes in (low, high) for k in range(4)]


def _pair(builder: Any, one: Any, other: Any, lanes: list[int]) -> Any:
    return builder.shuffle_vector(one, other, mask(lanes))
