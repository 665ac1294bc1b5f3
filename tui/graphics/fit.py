"""How many pixels of a picture fill how many cells of a terminal. Arithmetic only."""

PIXELS_DOWN = 2
"""Pixels in a cell, one above the other: a cell is about twice as high as wide, so each of the two is nearly square."""


def fit(width: int, height: int, columns: int, rows: int) -> tuple[int, int]:
    """The size in pixels, (columns, even rows), to draw a picture of width x height pixels within columns x rows cells.

    The shape is kept as well as half cells allow; the picture is enlarged if it is smaller than the cells. At least
    1 x 2 pixels.
    """
    across = max(1, columns)
    down = max(1, rows) * PIXELS_DOWN
    scale = min(across / max(1, width), down / max(1, height))
    fitted = round(height * scale / PIXELS_DOWN) * PIXELS_DOWN
    return min(across, max(1, round(width * scale))), min(down, max(PIXELS_DOWN, fitted))
