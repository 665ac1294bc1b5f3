"""Stage: the guided filter's result of mean slopes and offsets and the picture; alpha is copied."""

from collections.abc import Callable
from typing import Any

from numba.extending import register_jitable

from engine.kernels.layout import PLANES_OUT, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4


@register_jitable
def apply(slope: Any, offset: Any, before: Any, out: Any) -> None:
    """slope before + offset."""
    for x in range(out.size):
        out[x] = slope[x] * before[x] + offset[x]


@register_jitable
def divide(out: Any, weight: Any, opacity: Any, before: Any) -> None:
    """What was weighted by its weight; what is hidden stays as it was."""
    for x in range(out.size):
        out[x] = out[x] / weight[x] if opacity[x] > f4(0.0) else before[x]


def build(function: None) -> Callable[..., None]:
    """A stage whose parameter is the number of colours; its planes are those that `guided` makes."""

    def guided_combined(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours, planes = int(parameters[0]), geometry[PLANES_OUT]
        averaged = colours + planes
        for row in range(geometry[ROWS]):
            for colour in range(colours):
                slope = source_line(source, geometry, colour, row)
                offset = source_line(source, geometry, colours + colour, row)
                before, out = (
                    source_line(source, geometry, averaged + colour, row),
                    target_line(target, geometry, colour, row),
                )
                apply(slope, offset, before, out)
                if planes > colours:
                    weight = source_line(source, geometry, 2 * colours, row)
                    divide(out, weight, source_line(source, geometry, averaged + colours, row), before)
            if planes > colours:
                copy_line(source, target, geometry, averaged + colours, colours, row)

    return guided_combined
