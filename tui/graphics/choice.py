"""Which half of each cell to draw as its character, so that a row needs few bytes. Knows colours as numbers only."""

import numpy as np
from numpy.typing import NDArray

LEAD = 3
"""Bytes of an SGR sequence without its parameters."""
BLOCK, SPACE = 3, 1
"""Bytes of a block character and of a space in UTF-8."""
ANY = -2
"""A colour that nobody can see: whatever is set may stay."""
PATHS = 3
"""Ways to a cell that are remembered for each way to draw it."""
FAR = 1 << 20
"""Bytes of a path that there is not."""
NONE = -1
"""What is set when a row begins: no colour of the picture."""

Numbers = NDArray[np.int32]


def cheapest(top: Numbers, bottom: Numbers, colour: int) -> NDArray[np.intp]:
    """For each cell 0 (its upper half is the character's colour) or 1 (its lower half is), rows x columns.

    Where both halves are the same, 0 stands for a space and 1 for a full block. top and bottom are colours as numbers
    from 0 on; setting one colour costs so many bytes. Found by the shortest path through each row, all rows at once;
    it is nearly the best there is, since a colour that a space or full block leaves alone is only remembered along the
    best few paths.
    """
    same = top == bottom
    wants = np.array([[np.where(same, ANY, top), bottom], [bottom, np.where(same, ANY, top)]], np.int32)
    glyphs = np.array([np.where(same, SPACE, BLOCK), np.full_like(top, BLOCK)], np.int32)
    rows, columns = top.shape
    states = 2 * PATHS
    steps = np.empty((columns, states, rows), np.intp)
    cost = np.full((states, rows), FAR, np.int32)
    cost[::PATHS] = 0
    has = np.full((2, states, rows), NONE, np.int32)
    for x in range(columns):
        want = wants[:, :, None, :, x]
        sets = (want != has[None]) & (want != ANY)
        paths = cost + colour * sets.sum(axis=1, dtype=np.int32) + LEAD * sets.any(axis=1)
        best = np.argsort(paths, axis=1, kind="stable")[:, :PATHS]
        cost = (np.take_along_axis(paths, best, axis=1) + glyphs[:, None, :, x]).reshape(states, rows)
        step = steps[x] = best.reshape(states, rows)
        inherited = np.take_along_axis(has, step[None], axis=1)
        asked = np.repeat(wants[:, :, :, x].swapaxes(0, 1), PATHS, axis=1)
        has = np.where(asked == ANY, inherited, asked)
    return _walk_back(steps, cost.argmin(axis=0)) // PATHS


def _walk_back(steps: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.intp]:
    columns, _, rows = steps.shape
    choice = np.empty((rows, columns), np.intp)
    every = np.arange(rows)
    for x in range(columns - 1, -1, -1):
        choice[:, x] = last
        last = steps[x, last, every]
    return choice
