"""Small pictures with their names, as large as there is room for. It makes none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from engine.files.name import show
from tui.output.app import pens_of
from tui.output.strip import CellStrip
from tui.theme import Inks, inks
from tui.widgets.line import Line
from tui.widgets.tiles import GAP, beside
from tui.widgets.tiling import tiling

if TYPE_CHECKING:
    pass

BENEATH = 1
"""Rows for a name."""
WAITS = "·"


class ContactRows(Widget):
    """A tile for each name; those that could not be made say so."""

    ALLOW_SELECT = False

    def __init__(self, fits: Callable[[tuple[int, int]], object]) -> None:
        """`fits` is told the columns and rows of a tile whenever they change."""
        super().__init__()
        self._fits = fits
        self._names: tuple[str, ...] = ()
        self._drawn: dict[int, tuple[Strip, ...]] = {}
        self._errors: dict[int, str] = {}
        self._across, self._tile = 1, (0, 0)

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    def begin(self, names: tuple[str, ...]) -> None:
        """These are being made."""
        self._names = names
        self._measure()

    def fill(self, drawn: Mapping[int, tuple[Strip, ...]], errors: Mapping[int, str]) -> None:
        """Some are ready, or cannot be made."""
        self._drawn |= drawn
        self._errors |= errors
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """More or less room."""
        self._measure()

    def _measure(self) -> None:
        width, height = self.size
        if width and height and self._names:
            across, tile = tiling(len(self._names), width, height, BENEATH)
            if (across, tile) != (self._across, self._tile):
                self._across, self._tile = across, tile
                self._fits(tile)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of cells: of pictures, or of their names."""
        high = self._tile[1] + BENEATH
        row, line = divmod(y, high)
        numbers = range(row * self._across, min((row + 1) * self._across, len(self._names)))
        if not numbers or self._tile[1] < 1:
            return Strip.blank(self.size.width, self.ink.raised)
        return self._captions(numbers) if line >= self._tile[1] else self._pictures(numbers, line)

    def _pictures(self, numbers: range, line: int) -> Strip:
        drawn = [self._drawn.get(number) or self._unmade(number) for number in numbers]
        ground = pens_of(self.app).blank(self.ink.raised)
        return beside(drawn, self._tile, line, self.size.width, ground)

    def _unmade(self, number: int) -> tuple[Strip]:
        """A word in place of a picture."""
        failed = number in self._errors
        words = "failed" if failed else WAITS
        pen = pens_of(self.app).of(self.ink.raised + (self.ink.alarm if failed else self.ink.faint))
        return (CellStrip(list(words), [pen] * len(words)),)

    def _captions(self, numbers: range) -> Strip:
        line, (columns, _) = Line(), self._tile
        for number in numbers:
            failed, made = number in self._errors, number in self._drawn
            name = show(self._names[number], columns - 2 * failed)
            style = self.ink.alarm if failed else self.ink.text if made else self.ink.faint
            words = f"! {name}" if failed else name
            line.add(f"{words:^{columns}}", style, columns).add(" " * GAP, Style.null())
        return line.strip(self.size.width, self.ink.raised)
