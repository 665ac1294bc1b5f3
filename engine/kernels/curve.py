"""Stage: one function of one sample over the colour planes; alpha is copied."""

from collections.abc import Callable
from typing import Any

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import copy_line, source_line, target_line


def build(function: Callable[[Any, Any], Any]) -> Callable[..., None]:
    """A stage that applies `function(sample, constants)`."""

    def curve(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes = geometry[PLANES_IN]
        colours = planes - 1 + planes % 2
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                line = source_line(source, geometry, plane, row)
                out = target_line(target, geometry, plane, row)
                for x in range(out.size):
                    out[x] = function(line[x], constants)
            if planes > colours:
                copy_line(source, target, geometry, colours, colours, row)

    return curve
