"""Stage: 2n planes with alpha, averaged and as they were, become n: divided by alpha, and combined if a filter asks."""

from collections.abc import Callable
from typing import Any

from engine.kernels.layout import PLANES_OUT, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4


def build(function: Callable[[Any, Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(average, source, constants)`; parameters[8] > 0 keeps the source's alpha."""

    def gather(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes = geometry[PLANES_OUT]
        colours = planes - 1
        for row in range(geometry[ROWS]):
            weight = source_line(source, geometry, colours, row)
            for plane in range(colours):
                result = source_line(source, geometry, plane, row)
                before = source_line(source, geometry, planes + plane, row)
                out = target_line(target, geometry, plane, row)
                for x in range(out.size):
                    straight = result[x] / weight[x] if weight[x] > f4(0.0) else before[x]
                    out[x] = function(straight, before[x], constants)
            copy_line(source, target, geometry, colours + planes if p[8] > f4(0.0) else colours, colours, row)

    return gather
