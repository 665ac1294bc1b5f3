"""Stage: means of squares of the first planes, in float32; the others are copied.

Nothing is ever taken away from a sum, so nothing drifts, and what is no number stays within reach.
"""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.box_sums import column_sums
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS, SOURCE_PLANE, SOURCE_ROW, TOP
from engine.kernels.lines import copy_line, source_line, target_line

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
def mean_along(sums: Any, room: Any, total: Any, side: Any, share: Any, out: Any) -> None:
    """`share` of the sums of `side` neighbours along a row, made of sums of 1, 2, 4 and so on; `side` is odd.

    `sums` is written over.
    """
    now, then, span, taken, left = sums, room, 1, 1, side >> 1
    for x in range(total.size):
        total[x] = now[x]
    while left > 0:
        length = sums.size - 2 * span + 1
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
def sum_columns(source: Any, geometry: Any, plane: Any, row: Any, group: Any, shared: Any, above: Any) -> None:
    """What all squares of a group have in common, and what the group's rows hold above that: `above[k]` for row k.

    `row` is the group's first; it may lie above what is asked for.
    """
    reach, width = geometry[REACH], above.shape[1]
    first = address_of(source) + plane * geometry[SOURCE_PLANE] + (row + group - 1) * geometry[SOURCE_ROW]
    sum_rows(first, geometry[SOURCE_ROW], 2 * reach + 2 - group, shared.ctypes.data, width)
    for k in range(group - 2, max(0, -row) - 1, -1):
        line = source_line(source, geometry, plane, row + k)
        if k == group - 2:
            move(above[k], line, True)
        else:
            add(line, above[k + 1], above[k])


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are planes to average, the share that a pixel has, and rows in a group.

    Groups begin at multiples of their size in the picture, so that no result depends on where a band begins.
    """

    def box_planes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns, rows = geometry[REACH], geometry[COLUMNS], geometry[ROWS]
        width, averaged, share, group = columns + 2 * reach, int(parameters[0]), parameters[1], int(parameters[2])
        lines = carray(scratch, (group + 4, width))
        above, shared, below = lines[: group - 1], lines[group - 1], lines[group]
        sums, room, total = lines[group + 1], lines[group + 2], lines[group + 3][:columns]
        for plane in range(averaged):
            before = geometry[TOP] % group
            for which in range((rows + before + group - 1) // group):
                start = which * group - before
                sum_columns(source, geometry, plane, start, group, shared, above)
                for k in range(min(group, rows - start)):
                    if k > 0:
                        entering = source_line(source, geometry, plane, start + k + 2 * reach)
                        move(below, entering, k == 1)
                    if start + k >= 0:
                        add(shared, above[k] if k < group - 1 else below, sums)
                        if 0 < k < group - 1:
                            move(sums, below, False)
                        out = target_line(target, geometry, plane, start + k)
                        mean_along(sums, room, total, 2 * reach + 1, share, out)
        for plane in range(averaged, geometry[PLANES_IN]):
            for row in range(rows):
                copy_line(source, target, geometry, plane, plane, row)

    return box_planes
