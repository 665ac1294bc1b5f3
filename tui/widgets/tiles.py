"""Small pictures beside each other as rows of cells. It draws no picture itself."""

from collections.abc import Sequence

from textual.strip import Strip

from tui.output.pen import Pen
from tui.output.strip import CellStrip

GAP = 1
"""Columns between two."""


def beside(pictures: Sequence[Sequence[Strip]], size: tuple[int, int], line: int, width: int, pen: Pen) -> CellStrip:
    """One row of cells, `width` columns: line `line` of pictures, each in the middle of columns x rows."""
    columns, rows = size
    chars, pens, late = [" "] * width, [pen] * width, bytearray(width)
    for number, strips in enumerate(pictures):
        here = line - (rows - len(strips)) // 2
        strip = strips[here] if 0 <= here < len(strips) else None
        if isinstance(strip, CellStrip):
            left = number * (columns + GAP) + (columns - strip.cell_length) // 2
            right = min(left + strip.cell_length, width)
            chars[left:right] = strip.chars[: right - left]
            pens[left:right] = strip.pens[: right - left]
            late[left:right] = b"\1" * (right - left)
    return CellStrip(chars[:width], pens[:width], bytes(late[:width]))
