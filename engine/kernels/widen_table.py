"""Stage: 8-bit codes as 16-bit ones through one table: two look-ups of bytes, many at a time."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.byte_table import BLOCK, best, look_up_block
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW

CODES = 256


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the table's lower bytes, then its upper bytes; scratch is for two rows of bytes."""
    way = best() or "permute"
    known = bool(best())

    def widen_table(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL]
        numbers = carray(parameters, (CODES // 2,))
        entries, table = numbers.ctypes.data, numbers.view(np.uint8)
        room = carray(scratch, (samples // 2 + 1,))
        first, halves = room.ctypes.data, room.view(np.uint8)
        lower, upper = halves[:samples], halves[samples : 2 * samples]
        whole = samples // BLOCK * BLOCK if known else 0
        for row in range(geometry[ROWS]):
            place, start = address_of(source) + row * geometry[SOURCE_ROW], row * geometry[SOURCE_ROW]
            for x in range(0, whole, BLOCK):
                look_up_block(way, 0, 0, entries, place + x, first + x)
                look_up_block(way, 0, 0, entries + CODES, place + x, first + samples + x)
            line = carray(source, (start + samples,), np.uint8)[start:]
            for x in range(whole, samples):
                lower[x], upper[x] = table[line[x]], table[CODES + line[x]]
            end = row * geometry[TARGET_ROW] // 2
            out = carray(target, (end + samples,), np.uint16)[end:]
            for x in range(samples):
                out[x] = np.uint16(np.uint16(lower[x]) | np.uint16(np.uint16(upper[x]) << np.uint16(8)))

    return widen_table
