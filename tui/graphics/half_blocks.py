"""A picture as half blocks: two pixels a cell, one its foreground and one its background. Called off the event loop."""

from collections.abc import Sequence
from itertools import repeat
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tui.graphics.choice import cheapest
from tui.graphics.palette import Pixels, to_256
from tui.output.abilities import Abilities
from tui.output.difference import Frame, Row
from tui.output.pen import UNSEEN
from tui.output.strip import CellStrip

Colours = NDArray[np.int32]
"""A number for each pixel: packed red, green and blue, or one of 256."""
GLYPHS = np.array([["▀", " "], ["▄", "█"]], dtype=object)
"""By which half is the foreground, upper or lower, and whether both are the same."""


def half_blocks(pixels: Pixels, colours: Literal["truecolor", "256"]) -> tuple[CellStrip, ...]:
    """Strips for a picture of 2 * rows x columns x 3, uint8: one strip for each two rows of pixels.

    In each cell the half that is drawn as a character, or whether a block or a space fills it, is chosen so that a row
    needs the fewest bytes for changes of colour.
    """
    numbers = pack(pixels) if colours == "truecolor" else to_256(pixels)
    top, bottom = numbers[0::2], numbers[1::2]
    lower = cheapest(top, bottom, 15 if colours == "truecolor" else 8)
    same = top == bottom
    spaces, blocks = same & (lower == 0), same & (lower == 1)
    foreground = np.where(lower, bottom, top)
    foreground[spaces] = UNSEEN
    background = np.where(lower, top, bottom)
    background[blocks] = UNSEEN
    rows = zip(
        GLYPHS[lower, same.astype(np.intp)].tolist(),
        parameters(foreground, 38, colours),
        parameters(background, 48, colours),
        np.where(spaces, UNSEEN, 0).tolist(),
        strict=True,
    )
    return tuple(
        CellStrip(chars, [*zip(ink, paper, seen, repeat(""), strict=False)]) for chars, ink, paper, seen in rows
    )


def size_of(strips: Sequence[CellStrip]) -> int:
    """Bytes that a picture takes on a terminal without shortcuts."""
    frame = Frame(Abilities())
    for y, strip in enumerate(strips):
        frame.row(y, Row(strip.chars, strip.pens), None)
    return len(frame.finished().encode())


def pack(pixels: Pixels) -> Colours:
    """Red, green and blue in one number."""
    red, green, blue = (pixels[..., channel].astype(np.int32) for channel in range(3))
    return red << 16 | green << 8 | blue


def parameters(numbers: Colours, code: int, colours: Literal["truecolor", "256"]) -> list[list[str]]:
    """Parameters of SGR for each number, row by row; nothing for a colour that nobody sees."""
    distinct, places = np.unique(numbers, return_inverse=True)
    if colours == "truecolor":
        texts = [f"{code};2;{n >> 16};{n >> 8 & 255};{n & 255}" if n >= 0 else "" for n in distinct.tolist()]
    else:
        texts = [f"{code};5;{n}" if n >= 0 else "" for n in distinct.tolist()]
    parameters: list[list[str]] = np.array(texts, dtype=object)[places].reshape(numbers.shape).tolist()
    return parameters
