"""A picture in plain characters, for terminals without colours: bright where there is ink, on a dark ground."""

import numpy as np

from tui.graphics.palette import Pixels
from tui.output.pen import PLAIN, UNSEEN, Pen
from tui.output.strip import CellStrip

INK = (
    *((" ", 0, 0), ("`", 4, 0), (".", 0, 5), ("'", 7, 0), (",", 0, 9), ("_", 0, 13), ('"', 13, 0), ("^", 14, 0)),
    *((":", 5, 5), (";", 5, 9), ("=", 11, 11), ("*", 18, 1), ("+", 5, 16), ("?", 17, 7), ("T", 20, 10), ("L", 10, 17)),
    *(("C", 16, 15), ("o", 14, 20), ("a", 11, 27), ("F", 23, 10), ("P", 27, 13), ("5", 21, 16), ("d", 20, 22)),
    *(("8", 25, 22), ("g", 15, 32), ("M", 33, 21), ("@", 24, 31), ("W", 25, 27)),
)
"""Characters and how much of their upper and lower half is ink, in hundredths, in a common font."""
WHITE = 26
"""Ink that stands for the brightest pixel: denser characters than these do not exist."""
BLANK: Pen = ("", PLAIN[1], UNSEEN, "")


def letters(pixels: Pixels) -> tuple[CellStrip, ...]:
    """Strips for a picture of 2 * rows x columns x 3, uint8: one character for two pixels, one above the other."""
    bright = pixels @ np.array([0.30, 0.59, 0.11], np.float32) * (WHITE / 255)
    chars = np.array([char for char, _, _ in INK], dtype=object)
    upper, lower = np.array([ink for _, *ink in INK], np.float32).T
    distance = (bright[0::2, :, None] - upper) ** 2 + (bright[1::2, :, None] - lower) ** 2
    rows = chars[distance.argmin(axis=-1)].tolist()
    return tuple(CellStrip(row, [BLANK if char == " " else PLAIN for char in row]) for row in rows)
