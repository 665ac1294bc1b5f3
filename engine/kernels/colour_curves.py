"""Stage: colour planes through a table of each, linear between its entries; alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4, i4
from engine.kernels.tone_class import colours_of

SCALAR = "a look-up loads two entries a sample; gathers are no quicker"
HEAD = 8
"""Parameters: entries of a table, the value of the first for each of three colours, entries for each 1, one that
counts nothing; then the tables of R, G and B."""


def build(function: None) -> Callable[..., None]:
    """The stage; what is no number stays."""

    def colour_curves(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        head = carray(parameters, (HEAD,))
        size, colours = int(head[0]), colours_of(geometry)
        tables, last = carray(parameters, (HEAD + colours * size,)), f4(size - 1)
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                line, out = source_line(source, geometry, plane, row), target_line(target, geometry, plane, row)
                table, low, scale = tables[HEAD + plane * size :], head[1 + plane], head[4 + plane]
                for x in range(np.uintp(out.size)):
                    place = (line[x] - low) * scale
                    place = min(place, last) if place > f4(0.0) else f4(0.0)
                    first = min(i4(place), i4(size - 2))
                    part, start = place - f4(first), np.uintp(first)
                    found = table[start] * (f4(1.0) - part) + table[start + np.uintp(1)] * part
                    out[x] = found if line[x] == line[x] else line[x]
            if colours < geometry[PLANES_IN]:
                copy_line(source, target, geometry, colours, colours, row)

    return colour_curves
