"""Stage: how steep the first plane is across and down, and altogether, in planes; alpha is copied behind them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba.extending import register_jitable

from engine.kernels.elementary import magnitude
from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4


@register_jitable
def slope_lines(above: Any, line: Any, below: Any, across: Any, down: Any, strength: Any) -> None:
    """One row by Sobel's weights, over 4."""
    for x in range(np.uintp(strength.size)):
        y, z = x + np.uintp(1), x + np.uintp(2)
        right = (above[z] + f4(2.0) * line[z] + below[z]) - (above[x] + f4(2.0) * line[x] + below[x])
        lower = (below[x] + f4(2.0) * below[y] + below[z]) - (above[x] + f4(2.0) * above[y] + above[z])
        across[x], down[x] = f4(0.25) * right, f4(0.25) * lower
        strength[x] = f4(0.25) * magnitude(right, lower)


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def slopes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        planes = geometry[PLANES_IN]
        for row in range(geometry[ROWS]):
            above, line = source_line(source, geometry, 0, row), source_line(source, geometry, 0, row + 1)
            below = source_line(source, geometry, 0, row + 2)
            across, down = target_line(target, geometry, 0, row), target_line(target, geometry, 1, row)
            slope_lines(above, line, below, across, down, target_line(target, geometry, 2, row))
            if planes % 2 == 0:
                copy_line(source, target, geometry, planes - 1, 3, row)

    return slopes
