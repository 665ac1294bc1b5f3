"""Stage: means of squares of the first planes, in float32; the others are copied.

Nothing is ever taken away from a sum, so nothing drifts, and what is no number stays within reach.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.box_sums import column_sums
from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    REACH,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
    TOP,
)
from engine.kernels.lines import copy_line

LANES = 32


@register_jitable
def sum_rows(source: Any, stride: Any, rows: Any, target: Any, width: Any) -> None:
    """Sums of so many rows below each other; places are int64 addresses."""
    for x in range(0, width - LANES + 1, LANES):
        column_sums(LANES, 0, 0, source + 4 * x, stride, rows, target + 4 * x)
    for x in range(width - width % LANES, width):
        column_sums(1, 0, 0, source + 4 * x, stride, rows, target + 4 * x)


@register_jitable
def add(one: Any, other: Any, out: Any) -> None:
    """Sums of two rows, for all of `out`."""
    for x in range(out.size):
        out[x] = one[x] + other[x]


@register_jitable
def move(sums: Any, entering: Any, begins: Any) -> None:
    """Add a row to sums, or begin them with it."""
    if begins:
        for x in range(sums.size):
            sums[x] = entering[x]
    else:
        for x in range(sums.size):
            sums[x] += entering[x]


@register_jitable
def mean_along(sums: Any, room: Any, total: Any, side: Any, step: Any, share: Any, out: Any) -> None:
    """`share` of the sums of `side` neighbours along a row, made of sums of 1, 2, 4 and so on; `side` is odd.

    Neighbours lie `step` numbers from each other. `sums` is written over.
    """
    now, then, span, taken, left = sums, room, step, step, side >> 1
    for x in range(total.size):
        total[x] = now[x]
    while left > 0:
        length = sums.size - 2 * span + step
        add(now[:length], now[span : span + length], then[:length])
        now, then = then, now
        span *= 2
        if left % 2 == 1:
            shifted = now[taken:]
            for x in range(total.size):
                total[x] += shifted[x]
            taken += span
        left >>= 1
    for x in range(out.size):
        out[x] = total[x] * share


@register_jitable
def row_of(source: Any, geometry: Any, plane: Any, row: Any) -> Any:
    """A row of a plane with all that its squares hold."""
    first = address_of(source) + plane * geometry[SOURCE_PLANE] + row * geometry[SOURCE_ROW]
    width = (geometry[COLUMNS] + 2 * geometry[REACH]) * geometry[SOURCE_PIXEL] // 4
    return carray(pointer_to(first), (width,), np.float32)


@register_jitable
def sum_columns(source: Any, geometry: Any, plane: Any, row: Any, group: Any, shared: Any, above: Any) -> None:
    """What all squares of a group have in common, and what the group's rows hold above that: `above[k]` for row k.

    `row` is the group's first; it may lie above what is asked for.
    """
    first = row_of(source, geometry, plane, row + group - 1).ctypes.data
    sum_rows(first, geometry[SOURCE_ROW], 2 * geometry[REACH] + 2 - group, shared.ctypes.data, shared.size)
    for k in range(group - 2, max(0, -row) - 1, -1):
        line = row_of(source, geometry, plane, row + k)
        if k == group - 2:
            move(above[k], line, True)
        else:
            add(line, above[k + 1], above[k])


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are planes to average, the share that a pixel has, and rows in a group.

    Groups begin at multiples of their size in the picture, so that no result depends on where a band begins. A plane
    may be interleaved pixels.
    """

    def box_planes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, step, rows = geometry[REACH], geometry[SOURCE_PIXEL] // 4, geometry[ROWS]
        samples, width = geometry[COLUMNS] * step, (geometry[COLUMNS] + 2 * reach) * step
        averaged, share, group = int(parameters[0]), parameters[1], int(parameters[2])
        lines = carray(scratch, (group + 4, width))
        above, shared, below = lines[: group - 1], lines[group - 1], lines[group]
        sums, room, total = lines[group + 1], lines[group + 2], lines[group + 3][:samples]
        for plane in range(averaged):
            before = geometry[TOP] % group
            for which in range((rows + before + group - 1) // group):
                start = which * group - before
                sum_columns(source, geometry, plane, start, group, shared, above)
                for k in range(min(group, rows - start)):
                    if k > 0:
                        move(below, row_of(source, geometry, plane, start + k + 2 * reach), k == 1)
                    if start + k >= 0:
                        add(shared, above[k] if k < group - 1 else below, sums)
                        if 0 < k < group - 1:
                            move(sums, below, False)
                        last = address_of(target) + plane * geometry[TARGET_PLANE] + (start + k) * geometry[TARGET_ROW]
                        out = carray(pointer_to(last), (samples,), np.float32)
                        mean_along(sums, room, total, 2 * reach + 1, step, share, out)
        for plane in range(averaged, geometry[PLANES_IN]):
            for row in range(rows):
                copy_line(source, target, geometry, plane, plane, row)

    return box_planes
