"""Stage: one size of detail of the a-trous transform with the B3 spline, softly thresholded; alpha is copied.

Planes are colours, alpha if there is one, and behind the first stage the details so far of each colour.
"""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, PLANES_IN, PLANES_OUT, REACH, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4

MIDDLE, NEAR, FAR = 6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0
"""The B3 spline at whole numbers."""


@register_jitable
def down_columns(source: Any, geometry: Any, plane: Any, row: Any, out: Any) -> None:
    """The spline down the columns of a plane, the reach on both sides included."""
    hole = geometry[REACH] // 2
    a, b = source_line(source, geometry, plane, row), source_line(source, geometry, plane, row + hole)
    c, d = source_line(source, geometry, plane, row + 2 * hole), source_line(source, geometry, plane, row + 3 * hole)
    e = source_line(source, geometry, plane, row + 4 * hole)
    for x in range(out.size):
        out[x] = f4(MIDDLE) * c[x] + f4(NEAR) * (b[x] + d[x]) + f4(FAR) * (a[x] + e[x])


@register_jitable
def down_weighted(source: Any, geometry: Any, plane: Any, alpha: Any, row: Any, out: Any) -> None:
    """The same of a plane times alpha, two rows at a time."""
    hole = geometry[REACH] // 2
    middle, opacity = (
        source_line(source, geometry, plane, row + 2 * hole),
        source_line(source, geometry, alpha, row + 2 * hole),
    )
    for x in range(out.size):
        out[x] = f4(MIDDLE) * (middle[x] * opacity[x])
    for away in range(1, 3):
        tap = f4(NEAR) if away == 1 else f4(FAR)
        above, below = row + (2 - away) * hole, row + (2 + away) * hole
        a, weight_a = source_line(source, geometry, plane, above), source_line(source, geometry, alpha, above)
        b, weight_b = source_line(source, geometry, plane, below), source_line(source, geometry, alpha, below)
        for x in range(out.size):
            out[x] += tap * (a[x] * weight_a[x] + b[x] * weight_b[x])


@register_jitable
def along_row(line: Any, hole: Any, out: Any) -> None:
    """The spline along a row."""
    b, c, d, e = line[hole:], line[2 * hole :], line[3 * hole :], line[4 * hole :]
    for x in range(out.size):
        out[x] = f4(MIDDLE) * c[x] + f4(NEAR) * (b[x] + d[x]) + f4(FAR) * (line[x] + e[x])


@register_jitable
def divide(smooth: Any, weight: Any, opacity: Any, before: Any) -> None:
    """Weighted sums by their weights; what is hidden stays as it was."""
    for x in range(smooth.size):
        smooth[x] = smooth[x] / weight[x] if opacity[x] > f4(0.0) else before[x]


@register_jitable
def detail(before: Any, smooth: Any, threshold: Any, out: Any) -> None:
    """The difference of both, less the threshold."""
    for x in range(out.size):
        difference = before[x] - smooth[x]
        out[x] = difference - min(max(difference, -threshold), threshold)


@register_jitable
def add(one: Any, other: Any, out: Any) -> None:
    """Sums of two rows."""
    for x in range(out.size):
        out[x] = one[x] + other[x]


@register_jitable
def copy(line: Any, out: Any) -> None:
    """A row as it is."""
    for x in range(out.size):
        out[x] = line[x]


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of colours, of planes with alpha, and the threshold.

    Half its reach lies between the places of the spline.
    """

    def wavelet(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns = geometry[REACH], geometry[COLUMNS]
        hole, width = reach // 2, columns + 2 * reach
        colours, planes, threshold = int(parameters[0]), int(parameters[1]), parameters[2]
        first, last = geometry[PLANES_IN] == planes, geometry[PLANES_OUT] == planes
        lines = carray(scratch, (4, width))
        down, smooth, weight, made = lines[0], lines[1][:columns], lines[2][:columns], lines[3][:columns]
        for row in range(geometry[ROWS]):
            if planes > colours:
                down_columns(source, geometry, colours, row, down)
                along_row(down, hole, weight)
                copy_line(source, target, geometry, colours, colours, row)
            for colour in range(colours):
                before = source_line(source, geometry, colour, row + reach)[reach:]
                if planes > colours:
                    down_weighted(source, geometry, colour, colours, row, down)
                else:
                    down_columns(source, geometry, colour, row, down)
                along_row(down, hole, smooth)
                if planes > colours:
                    divide(smooth, weight, source_line(source, geometry, colours, row + reach)[reach:], before)
                detail(before, smooth, threshold, made)
                if not first:
                    add(source_line(source, geometry, planes + colour, row + reach)[reach:], made, made)
                if last:
                    add(smooth, made, target_line(target, geometry, colour, row))
                else:
                    copy(smooth, target_line(target, geometry, colour, row))
                    copy(made, target_line(target, geometry, planes + colour, row))

    return wavelet
