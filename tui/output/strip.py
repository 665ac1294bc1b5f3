"""Rows of cells that are ready for the terminal, as a Textual strip; and any other strip as cells."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.output.difference import DRAWN
from tui.output.glyphs import cells
from tui.output.pen import Pen, Pens, style_of


class CellStrip(Strip):  # noqa: PLW1641 - no strip can be hashed
    """A row of cells, each with its character and its pen; the second cell of a wide character has none.

    Made off the event loop, sent as it is: it becomes Rich segments only when somebody looks at them (a screenshot, a
    translucent screen above it).
    """

    __slots__ = ("chars", "late", "leads", "pens")

    def __init__(
        self, chars: Sequence[str], pens: Sequence[Pen], late: bytes = b"", leads: Sequence[str] | None = None
    ) -> None:
        super().__init__((), len(chars))
        del self._segments
        self.chars = chars
        """What each cell shows."""
        self.pens = pens
        """How each cell is drawn."""
        self.late = late or bytes(len(chars))
        """1 for each cell that is part of a picture: all else on the screen is sent before it."""
        self.leads = leads
        """What a cell shows where the one before it is not on the screen, if that is another thing."""

    def __getattr__(self, name: str) -> Any:
        """The segments, made when they are first asked for; everything else is missing."""
        if name != "_segments":
            raise AttributeError(name)
        self._segments = [
            Segment("".join(char for char, _ in group).replace(DRAWN, " "), style_of(pen))
            for pen, group in groupby(zip(self.chars, self.pens, strict=True), key=lambda cell: cell[1])
        ]
        return self._segments

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellStrip) and self.chars == other.chars and self.pens == other.pens

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The cells from start to before end; half a wide character is a blank."""
        end = self.cell_length if end is None else min(end, self.cell_length)
        start = max(0, start)
        if start == 0 and end == self.cell_length:
            return self
        chars = [*self.chars[start:end]]
        if chars and not chars[0]:
            chars[0] = " "
        if chars and end < self.cell_length and not self.chars[end]:
            chars[-1] = " "
        leads = self.leads and self.leads[start:end]
        if leads:
            chars[0] = leads[0]
        return CellStrip(chars, self.pens[start:end], self.late[start:end], leads)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The pieces that end at each of the cuts."""
        ends = [cut for cut in cuts if cut <= self.cell_length]
        return [self.crop(start, end) for start, end in pairwise([0, *ends])]

    def later(self) -> "CellStrip":
        """The same cells, all of them sent behind what else is on the screen."""
        return CellStrip(self.chars, self.pens, b"\1" * len(self.chars), self.leads)

    def padded(self, left: int, right: int, pen: Pen) -> "CellStrip":
        """With so many blank cells on either side."""
        chars = [*" " * left, *self.chars, *" " * right]
        leads = self.leads and [*" " * left, *self.leads, *" " * right]
        return CellStrip(
            chars, [*[pen] * left, *self.pens, *[pen] * right], bytes(left) + self.late + bytes(right), leads
        )


def spliced(strip: Strip, other: Strip, first: int, end: int) -> Strip:
    """Cells of pictures, those from `first` to before `end` from the other strip; without pictures, as it is."""
    if not (isinstance(strip, CellStrip) and isinstance(other, CellStrip)):
        return strip
    parts = [each for each in (strip.crop(0, first), other.crop(first, end), strip.crop(end)) if each.cell_length]
    cells = [each for each in parts if isinstance(each, CellStrip)]
    return CellStrip(
        [char for each in cells for char in each.chars],
        [pen for each in cells for pen in each.pens],
        b"".join(each.late for each in cells),
    )


def late_of(strip: Strip) -> bytes:
    """1 for each cell of a strip that is sent behind those that are 0."""
    return strip.late if isinstance(strip, CellStrip) else bytes(strip.cell_length)


def cells_of(strip: Strip, pens: Pens) -> tuple[Sequence[str], Sequence[Pen]]:
    """Characters and pens of a strip, cell by cell: as many as Textual counted, and no control among them."""
    if isinstance(strip, CellStrip):
        return strip.chars, strip.pens
    chars: list[str] = []
    drawn: list[Pen] = []
    for text, style, control in strip:
        if control:
            continue
        shown: Sequence[str] = text if text.isascii() and text.isprintable() else cells(text)
        chars.extend(shown)
        drawn += [_pen(text, style, pens)] * len(shown)
    return chars, drawn


def _pen(text: str, style: Style | None, pens: Pens) -> Pen:
    return pens.of(style) if text.strip(" ") else pens.blank(style)
