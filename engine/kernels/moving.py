"""Pixels of a few bytes copied in another order: reversed, or rows as columns, by shuffles in registers."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.transposition import SIDE, transposed
from engine.kernels.vectors import LANE, WORD, load, mask, offset, store

BYTE = ir.IntType(8)
REGISTER = 16
"""Bytes that a shuffle takes at a time."""


@intrinsic(prefer_literal=True)
def move_pixel(typing: Any, pixel: Any, source: Any, target: Any) -> Any:
    """One pixel."""
    signature = types.void(pixel, types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole = load(builder, arguments[1], ir.VectorType(BYTE, pixel.literal_value))
        store(builder, whole, arguments[2])
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def reverse_register(typing: Any, pixel: Any, source: Any, target: Any) -> Any:
    """As many pixels as a register holds, the first at `source`, the others before it."""
    signature = types.void(pixel, types.int64, types.int64)
    size = pixel.literal_value
    together = REGISTER // size
    lanes = [REGISTER - (k + 1) * size + byte for k in range(together) for byte in range(size)]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, target = arguments
        vector = ir.VectorType(BYTE, REGISTER)
        pixels = load(builder, builder.add(source, ir.Constant(WORD, size - REGISTER)), vector)
        order = mask(lanes + [0] * (REGISTER - len(lanes)))
        store(builder, builder.shuffle_vector(pixels, ir.Constant(vector, ir.Undefined), order), target)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def turn_square(typing: Any, pixel: Any, source: Any, row: Any, target: Any, line: Any, ahead: Any) -> Any:
    """8 x 8 pixels of at most 4 bytes, rows `row` bytes apart, become columns of rows `line` bytes apart.

    What lies `ahead` of them is asked for: no processor foresees it (24 Mpx, RGB: 19 ms of CPU, not 24).
    """
    signature = types.void(pixel, *[types.int64] * 5)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, row, target, line, ahead = arguments
        size = pixel.literal_value
        for k in range(SIDE):
            _fetch(builder, builder.add(offset(builder, source, row, k), ahead))
        rows = [_loaded(builder, offset(builder, source, row, k), size) for k in range(SIDE)]
        for k, column in enumerate(transposed(builder, rows)):
            _store(builder, column, offset(builder, target, line, k), size)
        return context.get_dummy_value()

    return signature, generate


def _fetch(builder: Any, address: Any) -> None:
    """Have a line of memory brought to the second cache, to be read."""
    kinds = [BYTE.as_pointer(), LANE, LANE, LANE]
    function = cgutils.get_or_insert_function(
        builder.module, ir.FunctionType(ir.VoidType(), kinds), "llvm.prefetch.p0i8"
    )
    builder.call(function, [builder.inttoptr(address, kinds[0]), *(ir.Constant(LANE, each) for each in (0, 2, 1))])


def _loaded(builder: Any, address: Any, size: int) -> Any:
    """Eight pixels, each in a lane of 32 bits."""
    lanes = ir.VectorType(LANE, SIDE)
    if size != 3:
        return builder.zext(load(builder, address, ir.VectorType(ir.IntType(8 * size), SIDE)), lanes)
    half = ir.VectorType(BYTE, REGISTER)
    low, high = load(builder, address, half), load(builder, builder.add(address, ir.Constant(WORD, 8)), half)
    bytes_of = [3 * pixel + byte for pixel in range(4) for byte in (0, 1, 2, 2)]
    order = mask([*bytes_of, *(REGISTER + 4 + each for each in bytes_of)])
    return builder.bitcast(builder.shuffle_vector(low, high, order), lanes)


def _store(builder: Any, pixels: Any, address: Any, size: int) -> None:
    """The inverse."""
    if size != 3:
        store(builder, builder.trunc(pixels, ir.VectorType(ir.IntType(8 * size), SIDE)), address)
        return
    whole = builder.bitcast(pixels, ir.VectorType(BYTE, 4 * SIDE))
    kept = [4 * pixel + byte for pixel in range(SIDE) for byte in range(3)]
    for first, count in ((0, REGISTER), (REGISTER, 8)):
        part = builder.shuffle_vector(whole, whole, mask(kept[first : first + count]))
        store(builder, part, builder.add(address, ir.Constant(WORD, first)))
