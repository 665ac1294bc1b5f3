"""Small pictures with names in a grid, and a cursor. Pictures are made elsewhere, for what is in view only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.output.app import pens_of
from tui.theme import Inks, inks
from tui.widgets.line import Line
from tui.widgets.tiles import GAP, beside

SMALLEST, LARGEST = 20, 60
"""Columns of a picture."""
UPRIGHT = 0.35
"""Rows for each of its columns: a cell is twice as high as wide, and most photographs are 3 to 2."""


class PictureTiles(Widget):
    """Each picture is made once; the name of the one under the cursor stands between two marks."""

    ALLOW_SELECT = False

    def __init__(
        self,
        on_want: Callable[[Sequence[int], tuple[int, int]], object],
        on_move: Callable[[int], object],
        on_take: Callable[[int], object],
    ) -> None:
        """`on_want` is told which are in view and not drawn, and their size in cells.

        `on_move` and `on_take` are told the one that the cursor went to, and the one that was clicked twice.
        """
        super().__init__()
        self._on_want, self._on_move, self._on_take = on_want, on_move, on_take
        self._names: Mapping[int, str] = {}
        self._order: tuple[int, ...] = ()
        """Those that are shown, by number."""
        self._drawn: dict[int, tuple[Strip, ...]] = {}
        self._first = 0
        self._least = SMALLEST, round(UPRIGHT * SMALLEST)
        """Columns and rows of a picture before what is left over of the width is shared out."""
        self.cursor = 0
        """The place of the one under the cursor among those shown."""

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    @property
    def current(self) -> int | None:
        """The number of the one under the cursor."""
        return self._order[self.cursor] if self._order else None

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self._order)

    @property
    def cells(self) -> tuple[int, int]:
        """Columns and rows of a picture: as many columns as there are, shared out."""
        return (self.size.width + GAP) // self.across - GAP, self._least[1]

    @property
    def across(self) -> int:
        """Pictures beside each other."""
        return max(1, (self.size.width + GAP) // (self._least[0] + GAP))

    @property
    def high(self) -> int:
        """Rows of pictures that fit."""
        return max(1, self.size.height // self._pitch)

    @property
    def _pitch(self) -> int:
        """Rows of a picture with its name and a gap."""
        return self._least[1] + 2

    def _measure(self) -> None:
        """Find the size that all are in view with, or the smallest; pictures of another are of no use."""
        width, height = self.size
        before, self._least = self._least, (SMALLEST, round(UPRIGHT * SMALLEST))
        for columns in range(LARGEST, SMALLEST, -1):
            rows = round(UPRIGHT * columns)
            if (width + GAP) // (columns + GAP) * (height // (rows + 2)) >= len(self._names):
                self._least = columns, rows
                break
        if self._least != before:
            self._drawn.clear()

    def show(self, names: Mapping[int, str], order: Sequence[int]) -> None:
        """Show these of all that have names; the cursor stays on its one, or goes to the first."""
        before = self.current
        self._names, self._order = names, tuple(order)
        self._measure()
        self.cursor = self._order.index(before) if before in self._order else 0
        self.reveal()

    def fill(self, drawn: Mapping[int, tuple[Strip, ...]]) -> None:
        """Some are ready."""
        self._drawn |= drawn
        self.refresh()

    def move(self, by: int) -> None:
        """So many further, or to the last there is."""
        self.move_to(self.cursor + by)

    def move_to(self, place: int) -> None:
        """Put the cursor on one of those shown."""
        self.cursor = min(max(place, 0), max(len(self._order) - 1, 0))
        self.reveal()

    def reveal(self) -> None:
        """Bring the cursor into view, ask for what is missing there, and tell of the one under it."""
        row = self.cursor // self.across
        self._first = min(max(self._first, row - self.high + 1), row)
        start = self._first * self.across
        seen = self._order[start : start + self.across * self.high]
        missing = [number for number in seen if number not in self._drawn]
        if self.size.width and missing:
            self._on_want(missing, self.cells)
        if self.current is not None:
            self._on_move(self.current)
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer fit; perhaps of another size."""
        self._drawn.clear()
        self._measure()
        self.reveal()

    def on_click(self, event: events.Click) -> None:
        """Go to a picture; twice: take it."""
        event.stop()
        column, row = event.x // (self.cells[0] + GAP), event.y // self._pitch
        place = (self._first + row) * self.across + column
        if column < self.across and row < self.high and place < len(self._order):
            self.move_to(place)
            if event.chain == 2:
                self._on_take(self._order[place])

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down."""
        event.stop()
        self.move(self.across)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        event.stop()
        self.move(-self.across)

    def render_line(self, y: int) -> Strip:
        """A row of cells: of pictures, or of their names."""
        row, line = divmod(y, self._pitch)
        start = (self._first + row) * self.across
        places = range(start, min(start + self.across, len(self._order)))
        width, rows, ground = self.size.width, self.cells[1], self.ink.ground
        if line > rows or row >= self.high:
            return Strip.blank(width, ground)
        if line == rows:
            return self._names_of(places).adjust_cell_length(width, ground)
        pictures = [self._drawn.get(self._order[place], ()) for place in places]
        return beside(pictures, self.cells, line, width, pens_of(self.app).blank(ground))

    def _names_of(self, places: range) -> Strip:
        ink, columns = self.ink, self.cells[0]
        strips = []
        for place in places:
            here = place == self.cursor
            line = Line().add("▸ " if here else "  ", ink.key)
            line.add(self._names[self._order[place]], ink.bright if here else ink.muted, columns - 3)
            strips += [line.strip(columns, ink.chosen if here else ink.ground), Strip.blank(GAP, ink.ground)]
        return Strip.join(strips)
