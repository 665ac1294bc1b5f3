"""Stage: 8-bit interleaved pixels to codes through one table, many at a time; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels import lookup
from engine.kernels.byte_table import BLOCK, best, look_up_block
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, STREAM, TARGET_ROW

TABLE = 256


@register_jitable
def look_up(table: Any, codes: Any, out: Any, alpha: Any, start: Any, stop: Any) -> None:
    """out = table[codes] for a few samples, but for every `alpha`-th."""
    for x in range(start, stop):
        kept = alpha > 0 and x % alpha == alpha - 1
        out[x] = codes[x] if kept else table[codes[x]]


def build(layout: tuple[int, str]) -> Callable[..., None]:
    """A stage whose parameters are a table of codes, by one of `byte_table`'s ways (empty: the quickest).

    The layout's number says every how many samples there is alpha (0: none).
    """
    alpha, asked = layout
    way = asked or best()
    if not way:
        return lookup.build(np.uint8)
    step = max(1, alpha)

    def lookup_bytes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL]
        numbers = carray(parameters, (TABLE // 4,))
        table, entries = numbers.view(np.uint8), numbers.ctypes.data
        for row in range(geometry[ROWS]):
            first = address_of(source) + row * geometry[SOURCE_ROW]
            last = address_of(target) + row * geometry[TARGET_ROW]
            codes = carray(source, (row * geometry[SOURCE_ROW] + samples,), np.uint8)[row * geometry[SOURCE_ROW] :]
            out = carray(target, (row * geometry[TARGET_ROW] + samples,), np.uint8)[row * geometry[TARGET_ROW] :]
            head = min(samples, -last % BLOCK) if geometry[STREAM] > 0 else 0
            if head % step > 0:
                head = 0
            whole = head + (samples - head) // BLOCK * BLOCK
            look_up(table, codes, out, alpha, 0, head)
            if geometry[STREAM] > 0 and (last + head) % BLOCK == 0:
                for x in range(head, whole, BLOCK):
                    look_up_block(way, alpha, 1, entries, first + x, last + x)
            else:
                for x in range(head, whole, BLOCK):
                    look_up_block(way, alpha, 0, entries, first + x, last + x)
            look_up(table, codes, out, alpha, whole, samples)

    return lookup_bytes
