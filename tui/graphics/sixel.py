"""A picture in Sixel, as one sequence. Sends nothing."""

# DEC STD 070, Video Systems Reference Manual, chapter 9: six rows of pixels a band, one pass over it for each colour.

from functools import lru_cache

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
NOTHING = 63
"""The character of a column with no row drawn."""
REPEATED = 4
"""Columns from which on a count is no longer than they are."""


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
    percents = ((table.astype(np.int32) * PERCENT + 127) // 255).tolist()
    defined = "".join(
        f"#{index};2;{percents[index][0]};{percents[index][1]};{percents[index][2]}"
        for index in np.unique(numbers).tolist()
    )
    bands = "-".join(_band(numbers[top : top + BAND]) for top in range(0, height, BAND))
    # Background pixels stay as they are (1), pixels are square, and nothing below the last row is touched.
    return f'\x1bP0;1q"1;1;{width};{height}{defined}{bands}\x1b\\'


def _band(numbers: NDArray[np.uint8]) -> str:
    """Six rows: for each colour in them a line of characters, whose six bits are the rows where it is."""
    width = numbers.shape[1]
    colours, lines = np.unique(numbers, return_inverse=True)
    lines = lines.reshape(numbers.shape)
    bits = np.zeros((len(colours), width), np.uint8)
    for row, line in enumerate(lines):
        bits[line, np.arange(width)] |= 1 << row
    begins = np.ones_like(bits, bool)
    begins[:, 1:] = bits[:, 1:] != bits[:, :-1]
    starts = np.flatnonzero(begins)
    lengths = np.diff(starts, append=bits.size)
    drawn = bits.ravel()[starts]
    # What a line leaves blank at its end need not be said.
    lengths[(drawn == 0) & ((starts + lengths) % width == 0)] = 0
    texts = [*map(_run, drawn.tolist(), lengths.tolist())]
    for number, place in zip(colours.tolist(), np.flatnonzero(starts % width == 0).tolist(), strict=True):
        texts[place] = f"$#{number}{texts[place]}"
    return "".join(texts)[1:]


@lru_cache(maxsize=1 << 16)
def _run(bits: int, length: int) -> str:
    """So many columns with the same rows drawn."""
    char = chr(NOTHING + bits)
    return char * length if length < REPEATED else f"!{length}{char}"
