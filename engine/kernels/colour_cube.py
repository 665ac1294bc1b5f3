"""Stage: three colour planes through a table of colours, between whose entries there are tetrahedra; alpha is copied.

Kasson, Nin, Plouffe and Hafner, "Performing color space conversions with three-dimensional linear interpolation",
Journal of Electronic Imaging 4 (1995); the way was first told by Sakamoto and Itooka, US patent 4,275,413 (1981).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

SCALAR = "the places of four entries are found in packed loops, but the entries lie anywhere; gathers are no quicker"
HEAD = 8
"""Parameters: entries along a dimension, what the first stands for in R, G and B, entries for each 1, one that counts
nothing; then the entries as R, G, B and one number more, R quickest."""
ENTRY = 4
BLOCK = 64
CORNERS = 4 * BLOCK


@register_jitable
def placed(x: Any, low: Any, scale: Any, last: Any) -> Any:
    """The place of a sample among the entries; the first for what is no number."""
    place = (x - low) * scale
    return min(place, last) if place > f4(0.0) else f4(0.0)


@register_jitable
def locate(head: Any, colours: Any, corners: Any, shares: Any, count: Any) -> None:
    """Where the four corners of the tetrahedra lie in the table, and what part of the result each of them is."""
    red, green, blue = colours
    size = i4(head[0])
    last, top = f4(size - i4(1)), i4(size - i4(2))
    right, down = i4(ENTRY), i4(i4(ENTRY) * size)
    deep = i4(down * size)
    for k in range(count):
        r = placed(red[k], head[1], head[4], last)
        g = placed(green[k], head[2], head[5], last)
        b = placed(blue[k], head[3], head[6], last)
        across, along, deeper = min(i4(r), top), min(i4(g), top), min(i4(b), top)
        r, g, b = r - f4(across), g - f4(along), b - f4(deeper)
        most, least = max(r, g, b), min(r, g, b)
        middle = max(min(r, g), min(max(r, g), b))
        corner = i4(i4(i4(across * right) + i4(along * down)) + i4(deeper * deep))
        opposite = i4(i4(i4(corner + right) + down) + deep)
        # From the first corner along the largest part, at last along the smallest; equal parts have no share.
        onward = right if r == most else (down if g == most else deep)
        final = deep if b == least else (down if g == least else right)
        corners[k], corners[BLOCK + k] = corner, i4(corner + onward)
        corners[2 * BLOCK + k], corners[3 * BLOCK + k] = i4(opposite - final), opposite
        total = red[k] + green[k] + blue[k]
        known = red[k] == red[k] and green[k] == green[k] and blue[k] == blue[k]
        shares[k] = f4(1.0) - most if known else total
        shares[BLOCK + k], shares[2 * BLOCK + k], shares[3 * BLOCK + k] = most - middle, middle - least, least


def build(function: None) -> Callable[..., None]:
    """The stage; a pixel that is no number in one colour is so in all."""

    def colour_cube(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        head = carray(parameters, (HEAD,))
        size = int(head[0])
        table = carray(parameters, (HEAD + ENTRY * size * size * size,))[HEAD:]
        corners, shares = carray(room(CORNERS), (CORNERS,)).view(np.int32), carray(room(CORNERS), (CORNERS,))
        for row in range(geometry[ROWS]):
            red, green = source_line(source, geometry, 0, row), source_line(source, geometry, 1, row)
            blue, out_red = source_line(source, geometry, 2, row), target_line(target, geometry, 0, row)
            out_green, out_blue = target_line(target, geometry, 1, row), target_line(target, geometry, 2, row)
            for x in range(0, out_red.size, BLOCK):
                count = min(BLOCK, out_red.size - x)
                locate(head, (red[x:], green[x:], blue[x:]), corners, shares, count)
                for k in range(count):
                    p, q = np.uintp(corners[k]), np.uintp(corners[BLOCK + k])
                    s, t = np.uintp(corners[2 * BLOCK + k]), np.uintp(corners[3 * BLOCK + k])
                    a, b, c, d = shares[k], shares[BLOCK + k], shares[2 * BLOCK + k], shares[3 * BLOCK + k]
                    one, two = np.uintp(1), np.uintp(2)
                    out_red[x + k] = a * table[p] + b * table[q] + c * table[s] + d * table[t]
                    out_green[x + k] = a * table[p + one] + b * table[q + one] + c * table[s + one] + d * table[t + one]
                    out_blue[x + k] = a * table[p + two] + b * table[q + two] + c * table[s + two] + d * table[t + two]
            if geometry[PLANES_IN] > 3:
                copy_line(source, target, geometry, 3, 3, row)

    return colour_cube
