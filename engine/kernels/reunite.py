"""Stage: averaged planes and those they were made of, in memory: divided by alpha, and combined if a filter asks."""

from collections.abc import Callable
from typing import Any

from engine.kernels.layout import ALPHA_KEPT, PLANES_OUT, ROWS
from engine.kernels.lines import copy_line, other_line, source_line, target_line
from engine.kernels.signature import f4


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(average, source, constants)` to colours.

    parameters[8] says what becomes of alpha, where there is one: averaged like colours, or kept.
    """

    def reunite(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes = geometry[PLANES_OUT]
        colours = planes - 1 + planes % 2
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                result, before = source_line(source, geometry, plane, row), other_line(geometry, plane, row)
                out = target_line(target, geometry, plane, row)
                if colours == planes:
                    for x in range(out.size):
                        out[x] = function(result[x], before[x], constants)
                else:
                    weight = source_line(source, geometry, colours, row)
                    for x in range(out.size):
                        straight = result[x] / weight[x] if weight[x] > f4(0.0) else before[x]
                        out[x] = function(straight, before[x], constants)
            if colours < planes and int(p[8]) == ALPHA_KEPT:
                alpha, out = other_line(geometry, colours, row), target_line(target, geometry, colours, row)
                for x in range(out.size):
                    out[x] = alpha[x]
            elif colours < planes:
                copy_line(source, target, geometry, colours, colours, row)

    return reunite
