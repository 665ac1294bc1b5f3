"""Stage: 8- or 16-bit codes to float32 as they lie, through a table; nothing is taken apart."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.byte_table import BLOCK, best
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW
from engine.kernels.lookup import look_up
from engine.kernels.value_table import ENTRIES, look_up_values

SCALAR = "but for 8 bits on some processors, a look-up loads one entry a sample; gathers are no quicker"


def build(layout: tuple[type[np.uint8] | type[np.uint16], str]) -> Callable[..., None]:
    """A stage whose parameters are the values of all codes; for 8 bits then a table of each of their bytes.

    Codes are looked up by one of `byte_table`'s ways (empty: the quickest), or one at a time where it cannot.
    """
    codes, asked = layout
    size = np.dtype(codes).itemsize
    together = size == 1 and (asked or best()) == "permute"

    def single_table(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        samples = geometry[COLUMNS] * geometry[SOURCE_PIXEL] // size
        table = carray(parameters, (1 << 8 * size,))
        bytewise = table.ctypes.data + 4 * ENTRIES
        for row in range(geometry[ROWS]):
            start, end = row * geometry[SOURCE_ROW] // size, row * geometry[TARGET_ROW] // 4
            line = carray(source, (start + samples,), codes)[start:]
            out = carray(target, (end + samples,), np.float32)[end:]
            if together and samples >= BLOCK:
                first, last = address_of(source) + start, address_of(target) + 4 * end
                for begin in range(0, samples, BLOCK):
                    x = min(begin, samples - BLOCK)
                    look_up_values(bytewise, first + x, last + 4 * x)
            else:
                look_up(table, line, out)

    return single_table
