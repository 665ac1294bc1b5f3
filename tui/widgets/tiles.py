"""Pictures of cells beside each other, each in the middle of a tile of one size. It draws no word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.output.strip import CellStrip

if TYPE_CHECKING:
    from textual.strip import Strip

    from tui.output.pen import Pen

Size = tuple[int, int]
"""Columns and rows."""
LEAST = 10
"""Columns of a tile."""


def row_of(pictures: Sequence[Sequence[Strip]], line: int, tile: Size, gap: int, width: int, ground: Pen) -> CellStrip:
    """A line of tiles of that size, `gap` columns apart, cut or filled to `width` columns."""
    chars, pens, late = [" "] * width, [ground] * width, bytearray(width)
    for number, strips in enumerate(pictures):
        here = line - (tile[1] - len(strips)) // 2
        strip = strips[here] if 0 <= here < len(strips) else None
        if isinstance(strip, CellStrip):
            left = number * (tile[0] + gap) + (tile[0] - strip.cell_length) // 2
            right = min(left + strip.cell_length, width)
            chars[left:right] = strip.chars[: right - left]
            pens[left:right] = strip.pens[: right - left]
            late[left:right] = b"\1" * (right - left)
    return CellStrip(chars[:width], pens[:width], bytes(late[:width]))


def tiling(count: int, width: int, height: int, gap: int, beneath: int) -> tuple[int, Size]:
    """How many tiles stand beside each other, and their size, so that pictures of 3 to 2 are as large as can be.

    Tiles are `gap` columns apart and have `beneath` rows below them.
    """
    best = 1, (max(1, width), 1)
    largest = 0.0
    for across in range(1, max(count, 1) + 1):
        tile = (width + gap) // across - gap, height // -(-count // across) - beneath
        picture = min(tile[0] / 3, tile[1])
        if picture > largest and (tile[0] >= LEAST or across == 1):
            best, largest = (across, tile), picture
    return best
