"""Stage: the median of a small square by networks of minima and maxima, on samples of any depth; alpha is copied.

Scratch: two lines of pixels, and 20 kB.
"""

# Two rows of output share the 2 radius rows of source between them (Adams 2021, Fast Median Filters using Separable
# Sorting Networks): these columns are ordered once, then `radius` columns at a time, each of which serves two squares.

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from engine.kernels.codes import BYTES, exchange, load_keys, store_keys, vector
from engine.kernels.deliver import copy_alpha, deliver
from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    STREAM,
    TARGET_PLANE,
    TARGET_ROW,
)
from engine.kernels.networks import merged, ordered, ranked
from engine.kernels.vectors import WORD, load, offset, store

SEGMENT = 512
"""Bytes of a row at a time: what is ordered once has to stay in the L1 cache."""
LINE = SEGMENT + 256
"""Bytes from one row of ordered values to the next: a segment, the columns in reach of it and a vector."""


@intrinsic(prefer_literal=True)
def order_columns(typing: Any, bits: Any, radius: Any, source: Any, stride: Any, target: Any) -> Any:
    """A vector of columns of 2 radius samples, ordered into as many lines of keys."""
    signature = types.void(bits, radius, types.int64, types.int64, types.int64)
    kind, count = vector(bits.literal_value), 2 * radius.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, stride, target = arguments
        column = [load_keys(builder, offset(builder, source, stride, k), kind) for k in range(count)]
        _put(builder, ordered(column, _by(builder)), target)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def join_columns(typing: Any, bits: Any, radius: Any, columns: Any, pixel: Any, target: Any) -> Any:
    """A vector of `radius` neighbouring ordered columns each as one, into 2 radius radius lines."""
    signature = types.void(bits, radius, types.int64, types.int64, types.int64)
    kind, side = vector(bits.literal_value), radius.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, columns, pixel, target = arguments
        joined: list[Any] = []
        for k in range(side):
            column = _get(builder, offset(builder, columns, pixel, k), kind, 2 * side)
            joined = merged(joined, column, _by(builder))
        _put(builder, joined, target)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def take_medians(
    typing: Any,
    bits: Any,
    radius: Any,
    joined: Any,
    columns: Any,
    pixel: Any,
    above: Any,
    below: Any,
    target: Any,
    gap: Any,
) -> Any:
    """A vector of medians for each of two rows, to `target` and `gap` behind it.

    `joined` and `columns` are those that begin at the square's left edge. The upper square has, beyond what both have,
    the row of samples at `above`, the lower one that at `below`.
    """
    signature = types.void(bits, radius, *[types.int64] * 7)
    kind, reach = vector(bits.literal_value), radius.literal_value
    side = 2 * reach + 1
    middle = side * side // 2

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, joined, columns, pixel, above, below, target, gap = arguments
        by, count = _by(builder), 2 * reach * reach
        left = _get(builder, joined, kind, count)
        right = _get(builder, offset(builder, joined, pixel, reach), kind, count)
        last = _get(builder, offset(builder, columns, pixel, 2 * reach), kind, 2 * reach)
        # Of what both squares have, only so many can be the median of either: `side` others are still to come.
        lowest = max(0, middle - side - 2 * reach)
        shared = merged(merged(left, right, by)[lowest : middle + 1], last, by)
        shared = shared[middle - side - lowest : middle - lowest + 1]
        for line, row in enumerate((above, below)):
            others = [load_keys(builder, offset(builder, row, pixel, k), kind) for k in range(side)]
            median = ranked(shared, ordered(others, by), side, by)
            store_keys(builder, median, offset(builder, target, gap, line))
        return context.get_dummy_value()

    return signature, generate


def _by(builder: Any) -> Callable[[Any, Any], tuple[Any, Any]]:
    return lambda a, b: exchange(builder, a, b)


def _get(builder: Any, address: Any, kind: Any, count: int) -> list[Any]:
    return [load(builder, builder.add(address, ir.Constant(WORD, k * LINE)), kind) for k in range(count)]


def _put(builder: Any, keys: list[Any], address: Any) -> None:
    for k, each in enumerate(keys):
        store(builder, each, builder.add(address, ir.Constant(WORD, k * LINE)))


@njit(inline="always")
def two_rows(
    bits: Any,
    radius: Any,
    source: Any,
    stride: Any,
    pixel: Any,
    below: Any,
    count: Any,
    columns: Any,
    joined: Any,
    made: Any,
    line: Any,
) -> None:
    """`count` bytes of two rows of medians to `made` and `line` behind it; `source` is the upper square's corner."""
    for x in range(0, count + 2 * radius * pixel, BYTES):
        order_columns(bits, radius, source + stride + x, stride, columns + x)
    if radius > 1:
        for x in range(0, count + radius * pixel, BYTES):
            join_columns(bits, radius, columns + x, pixel, joined + x)
    for x in range(0, count, BYTES):
        take_medians(bits, radius, joined + x, columns + x, pixel, source + x, below + x, made + x, line)


def build(form: tuple[type[np.uint8] | type[np.uint16] | type[np.float32], int]) -> Callable[..., None]:
    """A stage for one kind of samples and one radius, on interleaved pixels or float32 planes; it has no parameters."""
    codes, radius = form
    size = np.dtype(codes).itemsize
    bits = 8 * size

    def median_network(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        pixel, stride, rows = geometry[SOURCE_PIXEL], geometry[SOURCE_ROW], geometry[ROWS]
        planes, width, gap = geometry[PLANES_IN], geometry[COLUMNS] * geometry[SOURCE_PIXEL], geometry[TARGET_ROW]
        line = (width + BYTES) // BYTES * BYTES
        columns = address_of(scratch)
        joined = columns + (2 * radius * LINE if radius > 1 else 0)
        made = columns + 2 * radius * (radius + 1) * LINE
        for plane in range(planes - (planes > 1 and planes % 2 == 0)):
            for first in range(0, rows, 2):
                # A last row alone goes with the one before it; an only row is its own neighbour.
                row = max(0, min(first, rows - 2))
                corner = address_of(source) + plane * geometry[SOURCE_PLANE] + row * stride
                below = corner + (2 * radius + 1) * stride if rows > 1 else corner
                out = address_of(target) + plane * geometry[TARGET_PLANE] + row * gap
                for x in range(0, width, SEGMENT):
                    count = min(SEGMENT, width - x)
                    two_rows(bits, radius, corner + x, stride, pixel, below + x, count, columns, joined, made + x, line)
                for k in range(min(2, rows)):
                    centre = corner + (radius + k) * stride + radius * pixel
                    deliver(bits, pixel // size, made + k * line, centre, out + k * gap, width, geometry[STREAM])
        copy_alpha(source, target, geometry)

    return median_network
