"""Stage: a 3 x 4 affine map of the colour planes; a grey plane counts as three equal ones; alpha is copied."""

from collections.abc import Callable
from typing import Any

from engine.kernels.layout import PLANES_IN, PLANES_OUT, ROWS
from engine.kernels.lines import copy_line, source_line, target_line


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the twelve numbers of the matrix, row by row."""

    def matrix(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        planes = geometry[PLANES_IN]
        colours = planes - 1 + planes % 2
        second, third = (1, 2) if colours == 3 else (0, 0)
        outputs = geometry[PLANES_OUT] - 1 + geometry[PLANES_OUT] % 2
        for row in range(geometry[ROWS]):
            red = source_line(source, geometry, 0, row)
            green = source_line(source, geometry, second, row)
            blue = source_line(source, geometry, third, row)
            for plane in range(outputs):
                a, b, c = parameters[4 * plane], parameters[4 * plane + 1], parameters[4 * plane + 2]
                d = parameters[4 * plane + 3]
                out = target_line(target, geometry, plane, row)
                for x in range(out.size):
                    out[x] = a * red[x] + b * green[x] + c * blue[x] + d
            if planes > colours:
                copy_line(source, target, geometry, colours, outputs, row)

    return matrix
