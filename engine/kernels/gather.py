"""Stage: 2n planes with alpha, averaged and as they were, become n: divided by alpha, and combined if a filter asks."""

from collections.abc import Callable
from typing import Any

from numba.extending import register_jitable

from engine.kernels.elementary import clip
from engine.kernels.layout import ALPHA_KEPT, ALPHA_LIMITED, FAINT, PLANES_OUT, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4


@register_jitable
def limit(line: Any) -> None:
    """To what a share can be."""
    for x in range(line.size):
        line[x] = clip(line[x], f4(0.0), f4(1.0))


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(average, source, constants)` to colours.

    parameters[8] says what becomes of alpha: averaged like colours, kept, or averaged and limited to 0 to 1.
    """

    def gather(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes, share = geometry[PLANES_OUT], int(p[8])
        colours, least = planes - 1, f4(FAINT) if share == ALPHA_LIMITED else f4(0.0)
        for row in range(geometry[ROWS]):
            weight = source_line(source, geometry, colours, row)
            for plane in range(colours):
                result = source_line(source, geometry, plane, row)
                before = source_line(source, geometry, planes + plane, row)
                out = target_line(target, geometry, plane, row)
                for x in range(out.size):
                    straight = result[x] / weight[x] if weight[x] > least else before[x]
                    out[x] = function(straight, before[x], constants)
            copy_line(source, target, geometry, colours + planes if share == ALPHA_KEPT else colours, colours, row)
            if share == ALPHA_LIMITED:
                limit(target_line(target, geometry, colours, row))

    return gather
