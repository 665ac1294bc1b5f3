"""Stage: the guided filter's slope and offset of each pixel's square, weighted by alpha, and the picture as it was.

Planes made are the slopes of each colour, the offsets of each, alpha if there is one, and the source.
"""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS, TOP
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.moments import (
    absorb,
    absorb_means,
    absorb_squares,
    absorb_weights,
    copy_moments,
    copy_row,
    merge_along,
    shares,
)
from engine.kernels.signature import f4


@register_jitable
def fill(line: Any, value: Any) -> None:
    """The same number everywhere."""
    for x in range(line.size):
        line[x] = value


@register_jitable
def begin(cell: Any, source: Any, geometry: Any, row: Any) -> None:
    """The moments of the single pixels of a row."""
    colours = len(cell) // 2
    for colour in range(colours):
        copy_row(source_line(source, geometry, colour, row), cell[1 + colour])
        fill(cell[1 + colours + colour], f4(0.0))
    if geometry[PLANES_IN] > colours:
        copy_row(source_line(source, geometry, colours, row), cell[0])
    else:
        fill(cell[0], f4(1.0))


@register_jitable
def take_in(cell: Any, source: Any, geometry: Any, row: Any, ones: Any, part: Any, between: Any) -> None:
    """Merge the single pixels of a row into moments."""
    colours = len(cell) // 2
    opacity = source_line(source, geometry, colours, row) if geometry[PLANES_IN] > colours else ones
    shares(cell[0], opacity, part, between)
    absorb_weights(cell[0], opacity)
    for colour in range(colours):
        line = source_line(source, geometry, colour, row)
        absorb_squares(cell[1 + colours + colour], cell[1 + colour], line, between)
        absorb_means(cell[1 + colour], line, part)


@register_jitable
def slopes(weights: Any, squares: Any, epsilon: Any, out: Any) -> None:
    """variance / (variance + epsilon), 0 where nothing has weight."""
    for x in range(out.size):
        variance = squares[x] / weights[x] if weights[x] > f4(0.0) else f4(0.0)
        out[x] = variance / (variance + epsilon)


@register_jitable
def offsets(slope: Any, mean: Any, out: Any) -> None:
    """(1 - slope) mean."""
    for x in range(out.size):
        out[x] = (f4(1.0) - slope[x]) * mean[x]


@register_jitable
def weigh(line: Any, opacity: Any) -> None:
    """Times alpha."""
    for x in range(line.size):
        line[x] *= opacity[x]


@register_jitable
def write(source: Any, target: Any, geometry: Any, row: Any, total: Any, epsilon: Any) -> None:
    """A row of all planes from the moments of its squares."""
    colours, planes, reach, columns = len(total) // 2, geometry[PLANES_IN], geometry[REACH], geometry[COLUMNS]
    alpha, averaged = planes > colours, colours + planes
    for colour in range(colours):
        slope, offset = target_line(target, geometry, colour, row), target_line(target, geometry, colours + colour, row)
        slopes(total[0][:columns], total[1 + colours + colour], epsilon, slope)
        offsets(slope, total[1 + colour], offset)
        if alpha:
            opacity = source_line(source, geometry, colours, row + reach)[reach:]
            weigh(slope, opacity)
            weigh(offset, opacity)
    if alpha:
        copy_line(source, target, geometry, colours, 2 * colours, row)
    for plane in range(planes):
        copy_line(source, target, geometry, plane, averaged + plane, row)


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of colours, epsilon, and how many rows share moments.

    Groups begin at multiples of their size in the picture, so that no result depends on where a band begins.
    """

    def guided(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, rows, columns = geometry[REACH], geometry[ROWS], geometry[COLUMNS]
        epsilon, group, high = parameters[1], int(parameters[2]), 2 * int(parameters[0]) + 1
        width = columns + 2 * reach
        cells = carray(scratch, (group + 4, high, width))
        lines = carray(scratch, ((group + 4) * high + 2, width))[(group + 4) * high :]
        above, shared, below, sums, then, total = (
            cells[: group - 1],
            cells[group - 1],
            cells[group],
            cells[group + 1],
            cells[group + 2],
            cells[group + 3],
        )
        part, between = lines[0], lines[1]
        ones = total[0]
        before = geometry[TOP] % group
        for which in range((rows + before + group - 1) // group):
            start = which * group - before
            fill(ones, f4(1.0))
            begin(shared, source, geometry, start + group - 1)
            for row in range(start + group, start + 2 * reach + 1):
                take_in(shared, source, geometry, row, ones, part, between)
            for k in range(group - 2, max(0, -start) - 1, -1):
                if k == group - 2:
                    begin(above[k], source, geometry, start + k)
                else:
                    copy_moments(above[k + 1], 0, width, above[k])
                    take_in(above[k], source, geometry, start + k, ones, part, between)
            for k in range(min(group, rows - start)):
                if k == 1:
                    begin(below, source, geometry, start + k + 2 * reach)
                elif k > 1:
                    fill(ones, f4(1.0))
                    take_in(below, source, geometry, start + k + 2 * reach, ones, part, between)
                if start + k >= 0:
                    copy_moments(shared, 0, width, sums)
                    if k < group - 1:
                        absorb(sums, above[k], 0, width, part, between)
                    if k > 0:
                        absorb(sums, below, 0, width, part, between)
                    merge_along(sums, then, total, 2 * reach + 1, columns, part, between)
                    write(source, target, geometry, start + k, total, epsilon)

    return guided
