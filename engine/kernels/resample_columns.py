"""Stage: each column a weighted mean of source columns, with weights of its own.

Rows are turned into columns some at a time, so that one weight serves as many samples as there are lanes.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import (
    COLUMNS,
    LEFT,
    ROWS,
    SOURCE_LEFT,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)
from engine.kernels.transposition import SIDE, transpose
from engine.kernels.weighing import ABREAST, places, places_at_a_time, weigh_along

COLUMN = 4 * ABREAST
"""Bytes of a column of scratch."""


def bench(places: int, most: int, channels: int) -> int:
    """Bytes of scratch for so many places at a time that lie over `most` columns at most."""
    return COLUMN * channels * (most + SIDE + places)


@register_jitable
def turn_in(source: Any, row: Any, rows: Any, samples: Any, target: Any, apart: Any) -> None:
    """Rows of samples as columns of ABREAST; rows that are not there are the last one, SIDE more samples are read."""
    half = min(SIDE, rows - 1)
    for x in range(0, samples, SIDE):
        place, line = source + 4 * x, target + apart * x
        transpose(place, row, min(rows, SIDE) - 1, line, apart, SIDE - 1)
        transpose(place + half * row, row, max(rows - SIDE, 1) - 1, line + COLUMN // 2, apart, SIDE - 1)


@register_jitable
def turn_out(source: Any, apart: Any, samples: Any, target: Any, row: Any, rows: Any) -> None:
    """The inverse, for at least SIDE samples; nothing is written beyond them."""
    for begin in range(0, samples, SIDE):
        x = min(begin, samples - SIDE)
        place, line = source + apart * x, target + 4 * x
        if rows > SIDE:
            transpose(place + COLUMN // 2, apart, SIDE - 1, line + SIDE * row, row, rows - SIDE - 1)
        transpose(place, apart, SIDE - 1, line, row, min(rows, SIDE) - 1)


@register_jitable
def put_out(source: Any, apart: Any, samples: Any, target: Any, row: Any, rows: Any) -> None:
    """The same for any number of samples; distances count samples."""
    for y in range(rows):
        for x in range(samples):
            target[y * row + x] = source[x * apart + y]


def build(layout: tuple[int, int]) -> Callable[..., None]:
    """A stage for so many planes of pixels of so many samples; its parameters are places, then places at a time."""
    planes, samples = layout
    channels = planes * samples
    together = channels if channels <= 4 else channels // 2
    pixel, apart = channels * COLUMN, planes * COLUMN

    def resample_columns(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        firsts, counts, weights, own = places(parameters)
        at_a_time = min(places_at_a_time(parameters), geometry[COLUMNS])
        left, columns = geometry[LEFT], geometry[COLUMNS]
        row, line = geometry[SOURCE_ROW], geometry[TARGET_ROW]
        room = carray(scratch, (1,)).ctypes.data
        for top in range(0, geometry[ROWS], ABREAST):
            rows = min(ABREAST, geometry[ROWS] - top)
            for which in range((columns + at_a_time - 1) // at_a_time):
                begin = which * at_a_time
                x = min(begin, columns - at_a_time)
                low = firsts[left + x]
                width = firsts[left + x + at_a_time - 1] + counts[left + x + at_a_time - 1] - low
                made = room + (width + SIDE) * pixel
                for plane in range(planes):
                    place = address_of(source) + plane * geometry[SOURCE_PLANE] + top * row
                    place += (low - geometry[SOURCE_LEFT]) * 4 * samples
                    turn_in(place, row, rows, width * samples, room + plane * COLUMN, apart)
                for k in range(at_a_time):
                    near = room + (firsts[left + x + k] - low) * pixel
                    table, count = weights + (left + x + k) * own, counts[left + x + k]
                    weigh_along(together, near, pixel, table, count, made + k * pixel)
                    if together < channels:
                        middle = together * COLUMN
                        weigh_along(together, near + middle, pixel, table, count, made + k * pixel + middle)
                count = at_a_time * samples
                for plane in range(planes):
                    place, end = made + plane * COLUMN, plane * geometry[TARGET_PLANE] + top * line + 4 * x * samples
                    if count >= SIDE:
                        turn_out(place, apart, count, address_of(target) + end, line, rows)
                    else:
                        columns_made = carray(pointer_to(place), (count * apart,), np.float32)
                        out = carray(target, (end // 4 + rows * line // 4,), np.float32)[end // 4 :]
                        put_out(columns_made, apart // 4, count, out, line // 4, rows)

    return resample_columns
