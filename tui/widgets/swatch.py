"""A colour as it is beside as it was, with both in letters. It changes none."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

LIGHT = 140.0
"""Luma from which on letters are black."""


class Swatch(Widget):
    """The left half is the colour now, the right half the one before."""

    def __init__(self, before: int) -> None:
        """`before` is 0xRRGGBB."""
        super().__init__()
        self._before = self._now = before

    def show(self, now: int) -> None:
        """Another colour."""
        self._now = now
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Both halves; their words are in the middle row."""
        width = self.size.width
        half = width // 2
        named = y == self.size.height // 2
        pieces = ((self._now, "now", half), (self._before, "before", width - half))
        return Strip(
            [
                Segment(f"{f'{word} #{code:06x}' if named else '':^{room}}"[:room], patch(code))
                for code, word, room in pieces
            ],
            width,
        )


def patch(code: int) -> Style:
    """The colour 0xRRGGBB as a ground, with letters that can be read on it."""
    red, green, blue = code >> 16, code >> 8 & 255, code & 255
    dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue >= LIGHT
    return Style(color="#000000" if dark else "#ffffff", bgcolor=f"#{code:06x}")
