"""A picture in cells of four or six fields: in each cell the two colours and the character nearest to its pixels."""

from itertools import repeat
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tui.graphics.half_blocks import pack, parameters
from tui.graphics.palette import Pixels, to_256
from tui.output.pen import UNSEEN
from tui.output.strip import CellStrip

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By which of its fields a character fills: 1 and 2 the upper ones, 4 and 8 the lower, from left to right."""
LEFT, RIGHT, ALL = 21, 42, 63
SEXTANTS = "".join(
    {0: " ", LEFT: "▌", RIGHT: "▐", ALL: "█"}.get(mask, chr(0x1FB00 + mask - 1 - (mask > LEFT) - (mask > RIGHT)))
    for mask in range(64)
)
"""The same for two by three fields (Unicode 13, Symbols for Legacy Computing, which leaves out four)."""
LINES = 4
"""Square pixels above each other in a cell that is two wide."""

Cells = NDArray[np.float64]


def quadrants(pixels: Pixels, colours: Literal["truecolor", "256"]) -> tuple[CellStrip, ...]:
    """Strips for a picture of 4 * rows x 2 * columns x 3, uint8, sRGB."""
    return _drawn(_cells(pixels, 2), QUADRANTS, colours)


def sextants(pixels: Pixels, colours: Literal["truecolor", "256"]) -> tuple[CellStrip, ...]:
    """Strips for a picture of 4 * rows x 2 * columns x 3, uint8, sRGB."""
    return _drawn(_cells(pixels, 3), SEXTANTS, colours)


def _cells(pixels: Pixels, down: int) -> Cells:
    """Rows x columns x fields x 3: the fields of each cell, as means of its pixels."""
    rows, columns = pixels.shape[0] // LINES, pixels.shape[1] // 2
    lines = pixels.astype(np.float64).reshape(rows, LINES, columns, 2, 3)
    # Field i takes of line j as much of its height as lies within it.
    edges = np.linspace(0.0, LINES, down + 1)
    top, bottom = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    places = np.arange(LINES)
    shares = np.clip(np.minimum(bottom, places + 1) - np.maximum(top, places), 0.0, None) * down / LINES
    fields: Cells = np.einsum("ij,rjcxk->rcixk", shares, lines)
    return fields.reshape(rows, columns, 2 * down, 3)


def _drawn(cells: Cells, characters: str, colours: Literal["truecolor", "256"]) -> tuple[CellStrip, ...]:
    """Of all characters the one whose two mean colours leave the least squared error."""
    count = cells.shape[2]
    masks = np.arange(1 << count - 1)
    inside = (masks[:, np.newaxis] >> np.arange(count) & 1).astype(np.float64)
    filled = np.einsum("mf,rcfk->rcmk", inside, cells)
    left = cells.sum(axis=2)[:, :, np.newaxis] - filled
    size = inside.sum(axis=1)[:, np.newaxis]
    # The error is the sum of squares less what the means account for.
    explained = (filled**2 / np.maximum(size, 1.0) + left**2 / (count - size)).sum(axis=-1)
    best = explained.argmax(axis=-1)
    chosen = best[..., np.newaxis, np.newaxis]
    number = size[best]
    ink = np.take_along_axis(filled, chosen, axis=2)[:, :, 0] / np.maximum(number, 1.0)
    paper = np.take_along_axis(left, chosen, axis=2)[:, :, 0] / (count - number)
    numbers = [_numbers(each, colours) for each in (ink, paper)]
    blank = (best == 0) | (numbers[0] == numbers[1])
    best[blank] = 0
    numbers[0][blank] = UNSEEN
    rows = zip(
        np.array(list(characters), dtype=object)[best].tolist(),
        parameters(numbers[0], 38, colours),
        parameters(numbers[1], 48, colours),
        np.where(blank, UNSEEN, 0).tolist(),
        strict=True,
    )
    return tuple(
        CellStrip(chars, [*zip(inks, papers, seen, repeat(""), strict=False)]) for chars, inks, papers, seen in rows
    )


def _numbers(values: Cells, colours: Literal["truecolor", "256"]) -> NDArray[np.int32]:
    pixels = np.floor(values + 0.5).astype(np.uint8)
    return pack(pixels) if colours == "truecolor" else to_256(pixels)
