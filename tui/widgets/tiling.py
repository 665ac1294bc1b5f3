"""How many small pictures stand beside each other, and how large. It draws none."""

from tui.widgets.tiles import GAP

LEAST = 10
"""Columns of a picture."""


def tiling(count: int, width: int, height: int, beneath: int) -> tuple[int, tuple[int, int]]:
    """How many of them are beside each other, and their columns and rows, so that 3 to 2 is as large as can be.

    They are GAP columns apart and have `beneath` rows below them.
    """
    best = 1, (max(1, width), 1)
    largest = 0.0
    for across in range(1, max(count, 1) + 1):
        size = (width + GAP) // across - GAP, height // -(-count // across) - beneath
        picture = min(size[0] / 3, size[1])
        if picture > largest and (size[0] >= LEAST or across == 1):
            best, largest = (across, size), picture
    return best
