"""Stage: a mark of 8 bits a sample, with alpha, over float32 planes, once or again and again."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, LEFT, PLANES_IN, ROWS, TOP
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4, i4

HEAD = 6
"""Parameters: the first mark's row and column, rows and columns to the next or 0, height and width; then lines of red,
green, blue and alpha in turn, each as long as a whole number of float32 numbers."""
ALPHA = 3


@register_jitable
def over_opaque(line: Any, code: Any, cover: Any, out: Any) -> None:
    """One channel of an opaque picture; where the mark does not cover it, whatever it is stays."""
    for x in range(out.size):
        share = f4(i4(cover[x])) / f4(255.0)
        out[x] = line[x] * (f4(1.0) - share) + f4(i4(code[x])) / f4(255.0) * share


@register_jitable
def over_seen(line: Any, alpha: Any, code: Any, cover: Any, out: Any) -> None:
    """One channel of a picture with alpha."""
    for x in range(out.size):
        seen = f4(i4(cover[x])) / f4(255.0)
        total = seen + alpha[x] * (f4(1.0) - seen)
        share = seen / total if total > f4(0.0) else f4(0.0)
        out[x] = line[x] * (f4(1.0) - share) + f4(i4(code[x])) / f4(255.0) * share


@register_jitable
def cover_alpha(alpha: Any, cover: Any, out: Any) -> None:
    """Alpha of the two together: a + b - a b."""
    for x in range(out.size):
        seen = f4(i4(cover[x])) / f4(255.0)
        out[x] = seen + alpha[x] * (f4(1.0) - seen)


@register_jitable
def lay(source: Any, target: Any, geometry: Any, row: Any, first: Any, last: Any, lines: Any, skipped: Any) -> None:
    """Columns `first` to `last` of all planes under four lines of a mark, of which the first pixels are skipped."""
    planes = geometry[PLANES_IN]
    colours = planes - 1 + planes % 2
    cover = lines[ALPHA][skipped:]
    for plane in range(colours):
        line = source_line(source, geometry, plane, row)[first:last]
        out = target_line(target, geometry, plane, row)[first:last]
        if colours == planes:
            over_opaque(line, lines[plane][skipped:], cover, out)
        else:
            alpha = source_line(source, geometry, colours, row)[first:last]
            over_seen(line, alpha, lines[plane][skipped:], cover, out)
    if colours < planes:
        alpha = source_line(source, geometry, colours, row)[first:last]
        cover_alpha(alpha, cover, target_line(target, geometry, colours, row)[first:last])


def build(function: None) -> Callable[..., None]:
    """A stage that copies all that no mark covers; a grey picture takes the mark's red."""

    def overlay(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        head = carray(parameters, (HEAD,)).view(np.int32)
        top, left, down, across = np.int64(head[0]), np.int64(head[1]), np.int64(head[2]), np.int64(head[3])
        height, width, columns = np.int64(head[4]), np.int64(head[5]), geometry[COLUMNS]
        stride = (width + 3) // 4 * 4
        mark = carray(pointer_to(address_of(parameters) + 4 * HEAD), (height, 4, stride), np.uint8)
        begin = left - geometry[LEFT]
        marks = 1
        if across > 0:
            begin = begin % across - across
            marks = (columns - begin) // across + 1
        for row in range(geometry[ROWS]):
            for plane in range(geometry[PLANES_IN]):
                copy_line(source, target, geometry, plane, plane, row)
            y = geometry[TOP] + row - top
            if down > 0:
                y = y % down
            if y < 0 or y >= height:
                continue
            for which in range(marks):
                place = begin + which * across
                first, last = max(place, 0), min(place + width, columns)
                if first < last:
                    lay(source, target, geometry, row, first, last, mark[y], first - place)

    return overlay
