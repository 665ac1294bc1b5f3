"""Stage: a few iterations of Chambolle's on blocks of rows; alpha is copied.

Planes are colours, alpha if there is one, and between stages two for each colour: the field, across and down, whose
divergence is added to the colour. Rows of the field are kept in scratch, each behind a 0 that is its left neighbour.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import (
    COLUMNS,
    LEFT,
    PLANES_IN,
    PLANES_OUT,
    REACH,
    ROWS,
    SOURCE_HEIGHT,
    SOURCE_LEFT,
    SOURCE_PLANE,
    SOURCE_ROW,
    SOURCE_TOP,
    SOURCE_WIDTH,
    TOP,
)
from engine.kernels.lines import target_line
from engine.kernels.signature import f4

STEP = 0.25
"""Chambolle's tau: the largest with which the iteration is known to converge."""
MARGIN = 4
"""Numbers beside each row."""


@register_jitable
def line_of(source: Any, geometry: Any, plane: Any, row: Any, left: Any, width: Any) -> Any:
    """A part of a row of a source plane; row and left count from what the source begins with."""
    start = (plane * geometry[SOURCE_PLANE] + row * geometry[SOURCE_ROW]) // 4 + left
    return carray(source, (start + width,), np.float32)[start:]


@register_jitable
def clear(line: Any) -> None:
    """Nothing yet."""
    for x in range(line.size):
        line[x] = f4(0.0)


@register_jitable
def copy(line: Any, out: Any) -> None:
    """A row as it is."""
    for x in range(out.size):
        out[x] = line[x]


@register_jitable
def lessen(a: Any, b: Any, out: Any) -> None:
    """The lesser alpha of two as a part of the greater one; 0 where that is 0."""
    for x in range(out.size):
        most = max(a[x], b[x])
        out[x] = min(a[x], b[x]) / most if most > f4(0.0) else f4(0.0)


@register_jitable
def diverge(light: Any, left: Any, across: Any, above: Any, down: Any, out: Any) -> None:
    """A colour and the divergence of its field."""
    for x in range(light.size):
        out[x] = light[x] + ((left[x] - across[x]) + (above[x] - down[x]))


@register_jitable
def square(here: Any, there: Any, total: Any) -> None:
    """Add the squares of the differences to the right and downwards."""
    right = here[1:]
    for x in range(total.size):
        across, down = right[x] - here[x], there[x] - here[x]
        total[x] += across * across + down * down


@register_jitable
def square_weighted(here: Any, there: Any, beside: Any, below: Any, total: Any) -> None:
    """The same of differences times their weights."""
    right = here[1:]
    for x in range(total.size):
        across, down = beside[x] * (right[x] - here[x]), below[x] * (there[x] - here[x])
        total[x] += across * across + down * down


@register_jitable
def shorten(total: Any, sharpness: Any) -> None:
    """What fields are multiplied by, in place of the squares."""
    for x in range(total.size):
        total[x] = f4(1.0) / (f4(1.0) + sharpness * np.sqrt(total[x]))


@register_jitable
def follow(here: Any, there: Any, factor: Any, across: Any, down: Any) -> None:
    """Let the field go down the gradient, but not grow longer than it may."""
    right = here[1:]
    for x in range(factor.size):
        across[x] = (across[x] - f4(STEP) * (right[x] - here[x])) * factor[x]
        down[x] = (down[x] - f4(STEP) * (there[x] - here[x])) * factor[x]


@register_jitable
def follow_weighted(here: Any, there: Any, factor: Any, beside: Any, below: Any, across: Any, down: Any) -> None:
    """The same where differences count by weights: twice, as the field counts by them in the divergence."""
    right = here[1:]
    for x in range(factor.size):
        step_across, step_down = f4(STEP) * beside[x] * beside[x], f4(STEP) * below[x] * below[x]
        across[x] = (across[x] - step_across * (right[x] - here[x])) * factor[x]
        down[x] = (down[x] - step_down * (there[x] - here[x])) * factor[x]


@register_jitable
def lights(source: Any, geometry: Any, block: Any, colours: Any, fields: Any, zero: Any, row: Any, out: Any) -> None:
    """A row of all colours as their fields make them now."""
    first, left, width = block
    for colour in range(colours):
        above = fields[2 * colour + 1][row - 1][1:] if row > 0 else zero[1:]
        across, down = fields[2 * colour][row], fields[2 * colour + 1][row]
        line = line_of(source, geometry, colour, first + row, left, width)
        diverge(line, across, across[1:], above, down[1:], out[colour])
        # Beyond the last column it goes on as it ends.
        out[colour][width] = out[colour][width - 1]


@register_jitable
def load(source: Any, geometry: Any, block: Any, colours: Any, alpha: Any, fields: Any) -> None:
    """The fields as they came, or none before the first iteration, and the weights of differences."""
    first, left, width = block
    planes, rows = colours + alpha, fields.shape[1]
    fresh = geometry[PLANES_IN] == planes
    for row in range(rows):
        for field in range(2 * colours):
            line = fields[field][row]
            line[0] = f4(0.0)
            out = line[1 : width + 1]
            if fresh:
                clear(out)
            else:
                copy(line_of(source, geometry, planes + field, first + row, left, width), out)
        if alpha:
            below = min(row + 1, rows - 1)
            here = line_of(source, geometry, colours, first + row, left, width)
            there = line_of(source, geometry, colours, first + below, left, width)
            lessen(here, here[1:], fields[2 * colours][row][: width - 1])
            lessen(here, there, fields[2 * colours + 1][row][:width])
            fields[2 * colours][row][width - 1] = f4(0.0)


@register_jitable
def iterate(
    source: Any, geometry: Any, block: Any, rows: Any, colours: Any, alpha: Any, sharpness: Any, fields: Any, lines: Any
) -> None:
    """One iteration on some rows of a block, in place: a row's colours are made before the row above changes."""
    width, both, total, zero = block[2], lines[: 2 * colours], lines[2 * colours], lines[2 * colours + 1]
    total = total[:width]
    lights(source, geometry, block, colours, fields, zero, rows[0], both[:colours])
    for row in range(rows[0], rows[1]):
        turn = (row - rows[0]) % 2
        here, there = both[turn * colours :], both[(1 - turn) * colours :]
        if row + 1 < fields.shape[1]:
            lights(source, geometry, block, colours, fields, zero, row + 1, there)
        else:
            there = here
        clear(total)
        for colour in range(colours):
            if alpha:
                beside, below = fields[2 * colours][row], fields[2 * colours + 1][row]
                square_weighted(here[colour], there[colour], beside, below, total)
            else:
                square(here[colour], there[colour], total)
        shorten(total, sharpness)
        for colour in range(colours):
            across, down = fields[2 * colour][row][1:], fields[2 * colour + 1][row][1:]
            if alpha:
                beside, below = fields[2 * colours][row], fields[2 * colours + 1][row]
                follow_weighted(here[colour], there[colour], total, beside, below, across, down)
            else:
                follow(here[colour], there[colour], total, across, down)


@register_jitable
def deliver(
    source: Any, target: Any, geometry: Any, block: Any, colours: Any, alpha: Any, fields: Any, lines: Any
) -> None:
    """The planes of the next stage, or the picture."""
    first, left, _ = block
    planes, columns = colours + alpha, geometry[COLUMNS]
    skipped, start = geometry[TOP] - geometry[SOURCE_TOP] - first, geometry[LEFT] - geometry[SOURCE_LEFT] - left
    for row in range(geometry[ROWS]):
        if geometry[PLANES_OUT] == planes:
            lights(source, geometry, block, colours, fields, lines[2 * colours + 1], skipped + row, lines)
            for colour in range(colours):
                copy(lines[colour][start:], target_line(target, geometry, colour, row))
        else:
            for colour in range(colours):
                line = line_of(source, geometry, colour, first + skipped + row, left + start, columns)
                copy(line, target_line(target, geometry, colour, row))
            for field in range(2 * colours):
                copy(fields[field][skipped + row][1 + start :], target_line(target, geometry, planes + field, row))
        if alpha:
            line = line_of(source, geometry, colours, first + skipped + row, left + start, columns)
            copy(line, target_line(target, geometry, colours, row))


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of colours, whether there is alpha, iterations, and the weight.

    It reads nothing beyond the picture. What the edge of a block that lies inside the picture leaves wrong does not
    come to the rows and columns that are made.
    """

    def variation(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours, alpha, count = int(parameters[0]), int(parameters[1]), int(parameters[2])
        sharpness = f4(STEP) / (parameters[3] * np.sqrt(f4(colours)))
        reach, top, bottom = geometry[REACH], geometry[TOP], geometry[TOP] + geometry[ROWS]
        first, left = max(0, top - reach), max(0, geometry[LEFT] - reach)
        rows = min(geometry[SOURCE_HEIGHT], bottom + reach) - first
        width = min(geometry[SOURCE_WIDTH], geometry[LEFT] + geometry[COLUMNS] + reach) - left
        kinds, wide = 2 * (colours + alpha), width + MARGIN
        fields = carray(scratch, (kinds, rows, wide), np.float32)
        lines = carray(pointer_to(fields.ctypes.data + 4 * kinds * rows * wide), (2 * colours + 2, wide), np.float32)
        block = first - geometry[SOURCE_TOP], left - geometry[SOURCE_LEFT], width
        clear(lines[2 * colours + 1])
        load(source, geometry, block, colours, alpha, fields)
        for done in range(count):
            more = reach - done - 1
            span = max(0, top - first - more), min(rows, bottom - first + more)
            iterate(source, geometry, block, span, colours, alpha, sharpness, fields, lines)
        deliver(source, target, geometry, block, colours, alpha, fields, lines)

    return variation
