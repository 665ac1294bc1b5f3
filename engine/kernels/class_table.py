"""Stage: colour planes through a table of each, by the class of tones that a sample is in; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.tone_class import CLASSES, colours_of, tone_class

SCALAR = "a look-up loads one entry a sample; gathers are no quicker"


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are CLASSES numbers for each colour plane; what is no number stays."""

    def class_table(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours = colours_of(geometry)
        numbers = carray(parameters, (colours * CLASSES,))
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                line, out = source_line(source, geometry, plane, row), target_line(target, geometry, plane, row)
                table = numbers[plane * CLASSES :]
                for x in range(np.uintp(out.size)):
                    found = table[np.uintp(tone_class(line[x]))]
                    out[x] = found if line[x] == line[x] else line[x]
            if colours < geometry[PLANES_IN]:
                copy_line(source, target, geometry, colours, colours, row)

    return class_table
