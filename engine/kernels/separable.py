"""Stage: a symmetric convolution down the columns, then along the row, of the first planes; the others are copied."""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, PLANES_IN, REACH, ROWS
from engine.kernels.lines import copy_line, source_line, target_line


@register_jitable
def add_pair(out: Any, left: Any, right: Any, weight: Any) -> None:
    """Add one symmetric pair of taps."""
    for x in range(out.size):
        out[x] += weight * (left[x] + right[x])


@register_jitable
def add_two_pairs(out: Any, left: Any, right: Any, far_left: Any, far_right: Any, weight: Any, far_weight: Any) -> None:
    """Add two symmetric pairs in one sweep, which halves the traffic of `out`."""
    for x in range(out.size):
        out[x] += weight * (left[x] + right[x]) + far_weight * (far_left[x] + far_right[x])


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of planes to convolve, then the taps from the centre outwards."""

    def separable(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns = geometry[REACH], geometry[COLUMNS]
        convolved = int(parameters[0])
        taps = carray(parameters, (reach + 2,))[1:]
        wide = carray(scratch, (columns + 2 * reach,))
        for row in range(geometry[ROWS]):
            for plane in range(convolved):
                centre = source_line(source, geometry, plane, row + reach)
                for x in range(wide.size):
                    wide[x] = taps[0] * centre[x]
                for k in range(1, reach, 2):
                    above = source_line(source, geometry, plane, row + reach - k)
                    below = source_line(source, geometry, plane, row + reach + k)
                    far_above = source_line(source, geometry, plane, row + reach - k - 1)
                    far_below = source_line(source, geometry, plane, row + reach + k + 1)
                    add_two_pairs(wide, above, below, far_above, far_below, taps[k], taps[k + 1])
                if reach % 2:
                    above = source_line(source, geometry, plane, row)
                    add_pair(wide, above, source_line(source, geometry, plane, row + 2 * reach), taps[reach])
                out = target_line(target, geometry, plane, row)
                middle = wide[reach:]
                for x in range(out.size):
                    out[x] = taps[0] * middle[x]
                for k in range(1, reach, 2):
                    far_left, left = wide[reach - k - 1 :], wide[reach - k :]
                    right, far_right = wide[reach + k :], wide[reach + k + 1 :]
                    add_two_pairs(out, left, right, far_left, far_right, taps[k], taps[k + 1])
                if reach % 2:
                    add_pair(out, wide, wide[2 * reach :], taps[reach])
            for plane in range(convolved, geometry[PLANES_IN]):
                copy_line(source, target, geometry, plane, plane, row)

    return separable
