"""Stage: pixels on the ridges of a slope as cells, each with its own number and whether it is strong; others are -1."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, LEFT, PLANES_IN, ROWS, TARGET_PLANE, TARGET_ROW, TOP
from engine.kernels.lines import source_line
from engine.kernels.signature import f4, i4

LEAST = 1e-30
ASIDE = 0.3217
"""A direction across a ridge goes to where x + ASIDE y grows: hardly an edge lies just where that turns round."""
NEAR = 2.0**-13
"""Slopes that differ by less count as the same: rounding does not tell them apart."""


@register_jitable
def classes(across: Any, down: Any, above: Any, line: Any, below: Any, low: Any, high: Any, out: Any) -> None:
    """For a row of pixels 0, 1 on a ridge, or 2 where it is strong."""
    for x in range(np.uintp(out.size)):
        y, z = x + np.uintp(1), x + np.uintp(2)
        right, lower, strength = across[y], down[y], line[y]
        width, height = abs(right), abs(lower)
        steep, same = height > width, right * lower >= f4(0.0)
        part = min(width, height) / max(width, height, f4(LEAST))
        falling_before, falling_behind = above[x], below[z]
        rising_before, rising_behind = (above[z], below[x]) if steep else (below[x], above[z])
        diagonal_before = falling_before if same else rising_before
        diagonal_behind = falling_behind if same else rising_behind
        straight_before = above[y] if steep else line[x]
        straight_behind = below[y] if steep else line[z]
        one = straight_before + part * (diagonal_before - straight_before)
        other = straight_behind + part * (diagonal_behind - straight_behind)
        # Upwards and downwards ridges: which side comes first turns with the direction across.
        turned = steep and right * lower + f4(ASIDE) * lower * lower < f4(0.0)
        before, behind = (other, one) if turned else (one, other)
        ridge = strength > before + f4(NEAR) and strength > behind - f4(NEAR) and strength >= low
        out[x] = (f4(2.0) if strength >= high else f4(1.0)) if ridge else f4(0.0)


@register_jitable
def number_cells(found: Any, first: Any, out: Any) -> None:
    """Cells of a row of classes, whose first pixel has that number."""
    for x in range(out.size):
        cell = 2 * (first + x) + np.int64(found[x] > f4(1.0))
        out[x] = cell if found[x] > f4(0.0) else -1


@register_jitable
def copy_shares(line: Any, out: Any) -> None:
    """Alpha, as the first half of each cell."""
    for x in range(line.size):
        out[2 * x], out[2 * x + 1] = line[x], f4(0.0)


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are two thresholds and, as whole numbers, the picture's height and width."""

    def ridges(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (4,))
        low, high, width = p[0] - f4(NEAR), p[1] - f4(NEAR), np.int64(p[2:].view(i4)[1])
        found, columns = carray(scratch, (geometry[COLUMNS],)), geometry[COLUMNS]
        for row in range(geometry[ROWS]):
            across, down = source_line(source, geometry, 0, row + 1), source_line(source, geometry, 1, row + 1)
            above, line = source_line(source, geometry, 2, row), source_line(source, geometry, 2, row + 1)
            classes(across, down, above, line, source_line(source, geometry, 2, row + 2), low, high, found)
            begin = row * geometry[TARGET_ROW] // 8
            out = carray(target, (begin + columns,), np.int64)[begin:]
            number_cells(found, (geometry[TOP] + row) * width + geometry[LEFT], out)
            if geometry[PLANES_IN] % 2 == 0:
                last = (geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]) // 4
                shares = carray(target, (last + 2 * columns,), np.float32)[last:]
                copy_shares(source_line(source, geometry, 3, row + 1)[1 : columns + 1], shares)

    return ridges
