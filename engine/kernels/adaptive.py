"""Stage: luma through the tables of the four tiles around a pixel; colours gain as much as it does, alpha is copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import COLUMNS, LEFT, PLANES_IN, ROWS, TOP
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4, i4
from engine.kernels.tiles import (
    ACROSS,
    DOWN,
    HEIGHT,
    LEVELS,
    NUMBERS,
    WEIGHTS,
    WIDTH,
    colour_lines,
    first_behind,
    luma,
    middle_before,
)
from engine.kernels.tone_class import colours_of

SCALAR = "a tone says which entries are read"


@register_jitable
def behind_middle(place: Any, side: Any, tiles: Any, tile: Any) -> Any:
    """How far a pixel's centre is behind a tile's middle, where the next one's is 2 sides away."""
    return (2 * place + 1) * tiles - side - 2 * side * tile


@register_jitable
def between_rows(tables: Any, place: Any, side: Any, tiles: Any, first: Any, last: Any, out: Any) -> None:
    """The tables of a row of pixels, those numbers of them that are asked for."""
    tile = middle_before(place, side, tiles)
    part = f4(behind_middle(place, side, tiles, tile)) / f4(2 * side)
    above, below = tables[max(0, tile) * out.size :], tables[min(tiles - 1, tile + 1) * out.size :]
    for k in range(first, last):
        out[k] = above[k] + part * (below[k] - above[k])


@register_jitable
def between_levels(table: Any, level: Any, part: Any) -> Any:
    """What becomes of a tone that is so far behind a level."""
    return table[level] + part * (table[level + np.uintp(1)] - table[level])


@register_jitable
def add_line(line: Any, gains: Any, out: Any) -> None:
    """Each sample and what it gains."""
    for x in range(out.size):
        out[x] = line[x] + gains[x]


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are weights of colours, numbers of tiles, and for each tile a table of LEVELS."""

    def adaptive(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = carray(parameters, (NUMBERS,))
        n = p[WEIGHTS:].view(i4)
        height, width = np.int64(n[HEIGHT]), np.int64(n[WIDTH])
        down, across = np.int64(n[DOWN]), np.int64(n[ACROSS])
        size = across * LEVELS
        tables = carray(parameters, (NUMBERS + down * size,))[NUMBERS:]
        left, columns, colours = geometry[LEFT], geometry[COLUMNS], colours_of(geometry)
        between, gains = carray(scratch, (size,)), carray(scratch, (size + columns,))[size:]
        begin, scale = middle_before(left, width, across), f4(1.0) / f4(2 * width)
        first = max(0, begin) * LEVELS
        last = min(across, middle_before(left + columns - 1, width, across) + 2) * LEVELS
        for row in range(geometry[ROWS]):
            between_rows(tables, geometry[TOP] + row, height, down, first, last, between)
            red, green, blue = colour_lines(source, geometry, row)
            tile, x = begin, 0
            while x < columns:
                until = min(columns, first_behind(tile + 1, width, across) - left)
                before, behind = between[max(0, tile) * LEVELS :], between[min(across - 1, tile + 1) * LEVELS :]
                start = i4(behind_middle(left, width, across, tile))
                for k in range(np.uintp(x), np.uintp(until)):
                    tone = luma(p, red[k], green[k], blue[k])
                    level = np.uintp(min(i4(tone * f4(LEVELS - 1)), i4(LEVELS - 2)))
                    part = tone * f4(LEVELS - 1) - f4(i4(level))
                    one, other = between_levels(before, level, part), between_levels(behind, level, part)
                    away = f4(i4(start + i4(2 * across) * i4(k))) * scale
                    gains[k] = one + away * (other - one) - tone
                tile, x = tile + 1, until
            for plane in range(colours):
                add_line(source_line(source, geometry, plane, row), gains, target_line(target, geometry, plane, row))
            if colours < geometry[PLANES_IN]:
                copy_line(source, target, geometry, colours, colours, row)

    return adaptive
