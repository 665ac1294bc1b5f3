"""Stage: non-local means: averages of pixels whose surroundings look alike; alpha is copied.

For each place of the search, squares of differences to the picture moved there are summed over patches by two
convolutions, so that the cost hardly depends on the patch.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.convolution import convolve_row, convolve_rows
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, PLANES_IN, PLANES_OUT, REACH, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.native import exp2
from engine.kernels.signature import f4

BAND = 16
"""Rows at a time."""


@register_jitable
def squares_of_one(a: Any, b: Any, out: Any) -> None:
    """Squares of differences of a grey picture."""
    for x in range(out.size):
        out[x] = (a[x] - b[x]) * (a[x] - b[x])


@register_jitable
def squares_of_three(a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, out: Any) -> None:
    """Sums of the squares of three colours' differences: a to d, b to e, c to f."""
    for x in range(out.size):
        out[x] = (a[x] - d[x]) * (a[x] - d[x]) + (b[x] - e[x]) * (b[x] - e[x]) + (c[x] - f[x]) * (c[x] - f[x])


@register_jitable
def likeness(distance: Any, sharpness: Any) -> None:
    """Weights in place of distances."""
    for x in range(distance.size):
        distance[x] = exp2(-(distance[x] * sharpness))


@register_jitable
def gather(weight: Any, line: Any, total: Any) -> None:
    """Add weight times a row to a sum."""
    for x in range(total.size):
        total[x] += weight[x] * line[x]


@register_jitable
def gather_weight(weight: Any, total: Any) -> None:
    """Add weights to a sum."""
    for x in range(total.size):
        total[x] += weight[x]


@register_jitable
def clear(line: Any) -> None:
    """Nothing yet."""
    for x in range(line.size):
        line[x] = f4(0.0)


@register_jitable
def divide(total: Any, weight: Any, out: Any) -> None:
    """Averages."""
    for x in range(out.size):
        out[x] = total[x] / weight[x]


@register_jitable
def keep_hidden(opacity: Any, before: Any, out: Any) -> None:
    """What is hidden as it was."""
    for x in range(out.size):
        out[x] = out[x] if opacity[x] > f4(0.0) else before[x]


@register_jitable
def differ(source: Any, geometry: Any, colours: Any, row: Any, left: Any, down: Any, right: Any, out: Any) -> None:
    """Squares of differences to the picture moved; the row begins at `left`."""
    there, away = row + down, left + right
    if colours == 1:
        squares_of_one(
            source_line(source, geometry, 0, row)[left:], source_line(source, geometry, 0, there)[away:], out
        )
    else:
        squares_of_three(
            source_line(source, geometry, 0, row)[left:],
            source_line(source, geometry, 1, row)[left:],
            source_line(source, geometry, 2, row)[left:],
            source_line(source, geometry, 0, there)[away:],
            source_line(source, geometry, 1, there)[away:],
            source_line(source, geometry, 2, there)[away:],
            out,
        )


@register_jitable
def weigh(source: Any, geometry: Any, colours: Any, row: Any, left: Any, weight: Any, sums: Any) -> None:
    """Add the pixels of a row that begin at `left`, by their weight, and the weight itself."""
    for colour in range(colours):
        gather(weight, source_line(source, geometry, colour, row)[left:], sums[colour])
    if geometry[PLANES_IN] > colours:
        gather(weight, source_line(source, geometry, colours, row)[left:], sums[colours])
    else:
        gather_weight(weight, sums[colours])


@register_jitable
def write(source: Any, target: Any, geometry: Any, colours: Any, row: Any, sums: Any) -> None:
    """Averages of a row."""
    reach, planes = geometry[REACH], geometry[PLANES_OUT]
    for colour in range(colours):
        out = target_line(target, geometry, colour, row)
        divide(sums[colour], sums[colours], out)
        if planes > colours:
            opacity = source_line(source, geometry, colours, row + reach)[reach:]
            keep_hidden(opacity, source_line(source, geometry, planes + colour, row + reach)[reach:], out)
    if planes > colours:
        copy_line(source, target, geometry, colours, colours, row)


@register_jitable
def likenesses(squares: Any, two: Any, row: Any, rows: Any, taps: Any, patch: Any, weight: Any) -> None:
    """Sums over the patches of a row of a band; those of every second row are made with the row before."""
    width = squares.shape[1]
    centre = squares[row + patch].ctypes.data
    if row % 2 == 0 and row + 1 < rows:
        convolve_rows(centre, 4 * width, taps, patch, two.ctypes.data, 4 * width, width)
    elif row % 2 == 0:
        convolve_row(centre, 4 * width, taps, patch, two.ctypes.data, width)
    middle = two[row % 2].ctypes.data + 4 * patch
    convolve_row(middle, 4, taps + 4 * (patch + 2), patch, weight.ctypes.data, weight.size)


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of colours, log2(e) / strength ** 2, the radius of patches, and weights.

    There are twice as many weights as that radius and two more: down the columns, then along rows. With alpha its
    planes are those of `spread`.
    """

    def patches(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns = geometry[REACH], geometry[COLUMNS]
        colours, sharpness, patch = int(parameters[0]), parameters[1], int(parameters[2])
        search, width, high = reach - patch, columns + 2 * patch, BAND + 2 * patch
        taps = carray(parameters, (2 * patch + 7,)).ctypes.data + 12
        lines = carray(scratch, (high + 3, width))
        squares, two, weight = lines[:high], lines[high:], lines[high + 2][:columns]
        place = pointer_to(lines.ctypes.data + 4 * (high + 3) * width)
        sums = carray(place, (BAND, colours + 1, columns), np.float32)
        for first in range(0, geometry[ROWS], BAND):
            rows = min(BAND, geometry[ROWS] - first)
            for row in range(rows):
                for plane in range(colours + 1):
                    clear(sums[row][plane])
            for down in range(-search, search + 1):
                for right in range(-search, search + 1):
                    for row in range(rows + 2 * patch):
                        differ(source, geometry, colours, first + row + search, search, down, right, squares[row])
                    for row in range(rows):
                        likenesses(squares, two, row, rows, taps, patch, weight)
                        likeness(weight, sharpness)
                        weigh(source, geometry, colours, first + row + reach + down, reach + right, weight, sums[row])
            for row in range(rows):
                write(source, target, geometry, colours, first + row, sums[row])

    return patches
