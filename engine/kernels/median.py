"""Stage: the median of a square, by halving the interval that holds it; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4, i4

HALVINGS = 18
"""Leaves 1/262144 of a range of at most WIDE, half a 16-bit level; the median is then taken from the square itself."""
WIDE = f4(2.0)
FAR_HALVINGS = 12
"""Halvings by float32's order, not its value, for squares with a wider range: one hot or infinite sample in a square of
small ones would use up the others. They leave a sixteenth of the median itself."""
INFINITY = f4(np.inf)

# Every conditional below ends in min or max: `a = b if c else a` in place becomes a masked store, four times slower.


@register_jitable
def enclose(source: Any, geometry: Any, plane: Any, row: Any, low: Any, high: Any) -> None:
    """An interval that holds each square's values, the lower end excluded."""
    for x in range(low.size):
        low[x] = INFINITY
        high[x] = -INFINITY
    for dy in range(2 * geometry[REACH] + 1):
        line = source_line(source, geometry, plane, row + dy)
        for dx in range(2 * geometry[REACH] + 1):
            shifted = line[dx:]
            for x in range(low.size):
                low[x] = min(low[x], shifted[x])
                high[x] = max(high[x], shifted[x])
    for x in range(low.size):
        low[x] -= (high[x] - low[x]) * f4(1.0 / (1 << HALVINGS))


@register_jitable
def place(x: Any) -> Any:
    """Where x stands among all float32 numbers."""
    bits = f4(x).view(i4)
    return bits if bits >= i4(0) else i4(bits ^ i4(0x7FFFFFFF))


@register_jitable
def number(place: Any) -> Any:
    """The float32 number that stands there."""
    return i4(place if place >= i4(0) else i4(place ^ i4(0x7FFFFFFF))).view(f4)


@register_jitable
def narrow(source: Any, geometry: Any, plane: Any, row: Any, low: Any, high: Any, middle: Any, count: Any) -> None:
    """Leave of intervals wider than WIDE what is near the median."""
    needed = f4(((2 * geometry[REACH] + 1) ** 2 + 1) // 2)
    widest = f4(0.0)
    for x in range(low.size):
        widest = max(widest, high[x] - low[x])
    if not widest > WIDE:
        return
    for _ in range(FAR_HALVINGS):
        for x in range(low.size):
            a, b = place(low[x]), place(high[x])
            half = number(i4(i4(a & b) + i4(i4(a ^ b) >> i4(1))))
            middle[x] = half if high[x] - low[x] > WIDE else high[x]
        count_up_to(source, geometry, plane, row, middle, count)
        halve(needed, low, high, middle, count)


@register_jitable
def halve(needed: Any, low: Any, high: Any, middle: Any, count: Any) -> None:
    """Keep the half that holds the median."""
    for x in range(low.size):
        high[x] = min(high[x], middle[x] if count[x] >= needed else INFINITY)
        low[x] = max(low[x], middle[x] if count[x] < needed else -INFINITY)


@register_jitable
def count_up_to(source: Any, geometry: Any, plane: Any, row: Any, middle: Any, count: Any) -> None:
    """How many values of each square are at most `middle`."""
    for x in range(count.size):
        count[x] = f4(0.0)
    for dy in range(2 * geometry[REACH] + 1):
        line = source_line(source, geometry, plane, row + dy)
        for dx in range(2 * geometry[REACH] + 1):
            shifted = line[dx:]
            for x in range(count.size):
                count[x] += f4(1.0) if shifted[x] <= middle[x] else f4(0.0)


@register_jitable
def smallest_above(source: Any, geometry: Any, plane: Any, row: Any, low: Any, found: Any) -> None:
    """The smallest value of each square that is above `low`, if it is below what `found` holds."""
    for dy in range(2 * geometry[REACH] + 1):
        line = source_line(source, geometry, plane, row + dy)
        for dx in range(2 * geometry[REACH] + 1):
            shifted = line[dx:]
            for x in range(found.size):
                found[x] = min(found[x], shifted[x] if shifted[x] > low[x] else INFINITY)


def build(function: None) -> Callable[..., None]:
    """A stage without parameters; the square is 2 reach + 1 wide."""

    def median(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        columns, planes = geometry[COLUMNS], geometry[PLANES_IN]
        colours = planes - 1 + planes % 2
        side = 2 * geometry[REACH] + 1
        needed = f4((side * side + 1) // 2)
        rows = carray(scratch, (4 * columns,))
        low, high = rows[:columns], rows[columns : 2 * columns]
        middle, count = rows[2 * columns : 3 * columns], rows[3 * columns :]
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                enclose(source, geometry, plane, row, low, high)
                narrow(source, geometry, plane, row, low, high, middle, count)
                for _ in range(HALVINGS):
                    for x in range(columns):
                        middle[x] = f4(0.5) * (low[x] + high[x])
                    count_up_to(source, geometry, plane, row, middle, count)
                    halve(needed, low, high, middle, count)
                out = target_line(target, geometry, plane, row)
                for x in range(columns):
                    out[x] = high[x]
                smallest_above(source, geometry, plane, row, low, out)
            if planes > colours:
                copy_line(source, target, geometry, colours, colours, row)

    return median
