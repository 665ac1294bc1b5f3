"""A picture in Sixel, as one sequence. Sends nothing."""

# DEC STD 070, Video Systems Reference Manual, chapter 9: six rows of pixels a band, one pass over it for each colour.

import re

import numpy as np
from numpy.typing import NDArray

from engine.files.screen import palette
from tui.graphics.palette import Pixels
from tui.graphics.passage import LONGEST, wrapped
from tui.graphics.transfer import Transfer, drawn_cells, key_of, padded, size_in_cells
from tui.graphics.way import Way

BAND = 6
PERCENT = 100
COLOURS = (256, 128, 64, 32, 16)
"""Numbers of colours that are tried, the most that fit being taken."""
REPEATED = re.compile(r"(.)\1{3,}")


def make(pixels: Pixels, way: Way) -> Transfer | None:
    """The picture for the cells that it fills; None where even few colours are too many bytes to be sent at once."""
    columns, rows = size_in_cells(pixels, way)
    most = min(way.most, LONGEST // 2)
    whole = padded(pixels, way)
    for colours in COLOURS:
        sequence = encoded(whole, colours)
        if len(sequence) <= most:
            key = key_of(pixels, way)
            shown = wrapped(sequence) if way.passthrough else sequence
            return Transfer("sixel", key, columns, rows, (), shown, "", "", drawn_cells(key, columns, rows))
    return None


def encoded(pixels: Pixels, colours: int) -> str:
    """H x W x 3 pixels in at most so many colours."""
    numbers, table = palette(pixels, colours)
    height, width = numbers.shape
    defined = "".join(
        f"#{index};2;{red};{green};{blue}"
        for index, (red, green, blue) in enumerate(((table.astype(np.int32) * PERCENT + 127) // 255).tolist())
    )
    bands = "-".join(_band(numbers[top : top + BAND]) for top in range(0, height, BAND))
    # Background pixels stay as they are (1), pixels are square, and nothing below the last row is touched.
    return f'\x1bP0;1q"1;1;{width};{height}{defined}{bands}\x1b\\'


def _band(numbers: NDArray[np.uint8]) -> str:
    """Six rows: for each colour in them a line of characters, whose six bits are the rows where it is."""
    weights = (1 << np.arange(len(numbers)))[:, np.newaxis]
    return "$".join(_line(int(colour), (weights * (numbers == colour)).sum(axis=0)) for colour in np.unique(numbers))


def _line(colour: int, bits: NDArray[np.int64]) -> str:
    text = (bits + 63).astype(np.uint8).tobytes().decode("ascii").rstrip("?")
    return f"#{colour}" + REPEATED.sub(lambda run: f"!{len(run[0])}{run[1]}", text)
