"""Stage: n planes with alpha become n, premultiplied, to be averaged; and n more, as they are, if there shall be 2n."""

from collections.abc import Callable
from typing import Any

from engine.kernels.layout import PLANES_IN, PLANES_OUT, ROWS
from engine.kernels.lines import copy_line, source_line, target_line


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def spread(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        planes = geometry[PLANES_IN]
        colours = planes - 1
        for row in range(geometry[ROWS]):
            for plane in range(planes):
                if geometry[PLANES_OUT] > planes:
                    copy_line(source, target, geometry, plane, planes + plane, row)
                if plane == colours:
                    copy_line(source, target, geometry, plane, plane, row)
                else:
                    line = source_line(source, geometry, plane, row)
                    alpha = source_line(source, geometry, colours, row)
                    out = target_line(target, geometry, plane, row)
                    for x in range(out.size):
                        out[x] = line[x] * alpha[x]

    return spread
