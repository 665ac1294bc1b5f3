"""Stage: the median of a large square of 8-bit pixels, at a cost that hardly grows with it; alpha is copied.

Scratch: 272 bytes for each column, the reach included, and 2 kB.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.histograms import CLASSES, count_row, make_steps, median_row
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, REACH, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW
from engine.kernels.signature import f4


def build(function: None) -> Callable[..., None]:
    """A stage without parameters; the square is 2 reach + 1 wide, at most 181."""

    def median_histogram(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        channels, reach, count, gap = geometry[SOURCE_PIXEL], geometry[REACH], geometry[COLUMNS], geometry[TARGET_ROW]
        stride, rows, side, width = geometry[SOURCE_ROW], geometry[ROWS], 2 * reach + 1, count + 2 * reach
        first, out, columns = address_of(source), address_of(target), address_of(scratch)
        plane = CLASSES * (width + 1)
        histograms = carray(scratch, (plane * (CLASSES + 1) // 4,))
        table = columns + plane * (CLASSES + 1)
        make_steps(table)
        colours = channels - 1 + channels % 2
        for channel in range(colours):
            for x in range(histograms.size):
                histograms[x] = f4(0.0)
            for row in range(side):
                count_row(0, first + channel + row * stride, 0, channels, columns, plane, width, table)
            for row in range(rows):
                if row > 0:
                    leaving = first + channel + (row - 1) * stride
                    count_row(1, leaving + side * stride, leaving, channels, columns, plane, width, table)
                median_row(columns, plane, side, count, out + channel + row * gap, channels, table)
        if channels > colours:
            for row in range(rows):
                start, end = (row + reach) * stride + reach * channels, row * gap
                line = carray(source, (start + count * channels,), np.uint8)[start:]
                made = carray(target, (end + count * channels,), np.uint8)[end:]
                for x in range(count):
                    made[x * channels + colours] = line[x * channels + colours]

    return median_histogram
