"""Rows of a window's results from where they were made to where they belong; alpha stays the source's."""

from typing import Any

import numpy as np
from numba import carray, njit
from numba.extending import register_jitable

from engine.kernels.codes import BYTES, copy_past, keep_last
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import copy_line

LINE = 64
"""Bytes of a cache line: written as a whole or not at all past the cache."""


@register_jitable
def copy_bytes(source: Any, target: Any, count: Any) -> None:
    """From address to address."""
    line, out = carray(pointer_to(source), (count,), np.uint8), carray(pointer_to(target), (count,), np.uint8)
    for x in range(count):
        out[x] = line[x]


@njit(inline="always")
def deliver(bits: Any, channels: Any, made: Any, source: Any, target: Any, count: Any, stream: Any) -> None:
    """`count` bytes from address `made` to `target`; `source` holds the same pixels' alpha if channels are even.

    `made` has room for whole vectors. `stream` is above 0 where the target should not pass through the cache.
    """
    if channels == 2:
        for x in range(0, count, BYTES):
            keep_last(bits, 2, source + x, made + x)
    elif channels == 4:
        for x in range(0, count, BYTES):
            keep_last(bits, 4, source + x, made + x)
    if stream == 0:
        copy_bytes(made, target, count)
        return
    head = min(count, -target % LINE)
    stop = head + (count - head) // LINE * LINE
    copy_bytes(made, target, head)
    for x in range(head, stop, BYTES):
        copy_past(made + x, target + x)
    copy_bytes(made + stop, target + stop, count - stop)


@register_jitable
def copy_alpha(source: Any, target: Any, geometry: Any) -> None:
    """Of float32 planes the last, unchanged, if it is alpha."""
    planes = geometry[PLANES_IN]
    if planes > 1 and planes % 2 == 0:
        for row in range(geometry[ROWS]):
            copy_line(source, target, geometry, planes - 1, planes - 1, row)
