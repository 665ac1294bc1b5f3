"""Cells in memory that know a pixel of the same line: which pixel stands for a line, and two lines made one.

A cell is twice the number of a pixel, and 1 more where it is strong; -1 is on no line. Pixels that stand for a line
have their own number, others an earlier one's. Any number of workers may join lines at the same time: a pixel stands
for no line any more once another is set in its place, by one of them, and what is set in the other cells is always a
pixel nearer to the one that stands for the line. (R. J. Anderson and H. Woll, "Wait-free Parallel Algorithms for the
Union-Find Problem", STOC 1991.)
"""

from typing import Any

from numba.extending import register_jitable

from engine.kernels.intrinsics import atomic_load, atomic_replace, atomic_store


@register_jitable
def standing(cells: Any, pixel: Any) -> Any:
    """The pixel that stands for a line; the way there is halved."""
    at = pixel
    while True:
        cell = atomic_load(cells, at)
        nearer = cell >> 1
        if nearer == at:
            return at
        nearest = atomic_load(cells, nearer) >> 1
        if nearest == nearer:
            return nearer
        atomic_store(cells, at, 2 * nearest + (cell & 1))
        at = nearest


@register_jitable
def unite(cells: Any, pixel: Any, other: Any) -> None:
    """Have two pixels' lines be one, that of the earlier one of those that stand for them."""
    one, two = pixel, other
    while True:
        one, two = standing(cells, one), standing(cells, two)
        if one == two:
            return
        earlier, later = min(one, two), max(one, two)
        cell = atomic_load(cells, later)
        if cell >> 1 == later and atomic_replace(cells, later, cell, 2 * earlier + (cell & 1)):
            return
