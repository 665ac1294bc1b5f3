"""The images of the list as thumbnails, beside and below each other. It shows what the list holds and reads no file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from engine.files.name import show
from tui.messages import EnterPane, RunCommand
from tui.output.app import pens_of
from tui.output.strip import CellStrip, cells_of
from tui.theme import Inks, inks
from tui.widgets.image_list import RATINGS, REJECTED, ImageList
from tui.widgets.line import Line
from tui.widgets.thumb_notes import note
from tui.widgets.tiles import GAP, beside

COLUMNS, ROWS = 20, 7
"""Cells of a thumbnail on the wall."""
HIGH = ROWS + 2
"""Rows of one with its name and a gap."""
SMALL, BROAD, ROOM = (9, 3), (12, 4), 42
"""Cells of a thumbnail beside a name, and from which width of the list on they are more."""
MARK = 3
"""Columns before such a thumbnail, for the mark."""
HEADING, NARROW = 1, 20
"""Rows of the list's heading, and a width at which it names no columns."""
KEPT = 600
"""Thumbnails that stay drawn."""


class ThumbGrid(Widget):
    """Thumbnails with their names below, or beside them; the cursor, marks and ratings are the list's."""

    ALLOW_SELECT = False

    @dataclass
    class Wanted(Message):
        """Draw these images, by their places, within columns x rows."""

        images: Mapping[int, str]
        size: tuple[int, int] = (COLUMNS, ROWS)

    def __init__(self, images: ImageList, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._images = images
        self._first = 0
        """The row of thumbnails that is the first in view."""
        self._drawn: OrderedDict[int, tuple[Strip, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._told = range(0)
        """The rows that the list was told are in view."""
        self.beside = False
        """Whether names are beside their thumbnails, one below the other."""

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    @property
    def across(self) -> int:
        """Thumbnails beside each other."""
        return 1 if self.beside else max(1, (self.size.width + GAP) // (COLUMNS + GAP))

    @property
    def high(self) -> int:
        """Rows of thumbnails that fit below the heading."""
        return max(1, (self.size.height - HEADING) // self._high)

    @property
    def _cells(self) -> tuple[int, int]:
        """Columns and rows of a thumbnail."""
        return (COLUMNS, ROWS) if not self.beside else BROAD if self.size.width >= ROOM else SMALL

    @property
    def _high(self) -> int:
        """Rows of one with all that belongs to it."""
        return self._cells[1] if self.beside else HIGH

    def window(self) -> range | None:
        """The rows of the list that are in view; None where thumbnails are not shown."""
        if not self.display:
            return None
        start = self._first * self.across
        return range(start, min(start + self.page, self._images.count))

    def lay(self, *, beside: bool) -> None:
        """Put names beside thumbnails, or below them."""
        if beside != self.beside:
            self.beside = beside
            self.forget()

    @property
    def page(self) -> int:
        """Thumbnails in view."""
        return self.across * self.high

    def follow(self) -> None:
        """The list, or its cursor, has changed."""
        if self.display:
            self._reveal()
            self.refresh()

    def fill(self, drawn: Mapping[int, tuple[Strip, ...]], size: tuple[int, int]) -> None:
        """Some are ready, within columns x rows; those of another size are wanted no longer."""
        if size != self._cells:
            return
        self._drawn |= drawn
        while len(self._drawn) > KEPT:
            self._asked.discard(self._drawn.popitem(last=False)[0])
        self.refresh()

    def forget(self) -> None:
        """They are to be drawn in another way."""
        self._drawn.clear()
        self._asked.clear()
        self._told = range(0)
        self.follow()

    def on_show(self) -> None:
        """It is to be seen."""
        self.follow()

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer fit, or larger ones."""
        if self.beside:
            self.forget()
        self.follow()

    def _reveal(self) -> None:
        """Bring the cursor into view, and ask for what is missing there."""
        across, high = self.across, self.high
        row = self._images.cursor // across
        if self.beside and not self._first <= row < self._first + high:
            # Every thumbnail is elsewhere then, and that should not be at every step.
            self._first = row - high // 2
        last = max(-(-self._images.count // across) - high, 0)
        self._first = max(min(max(self._first, row - high + 1), row, last), 0)
        start = self._first * across
        seen = self._images.view[start : start + self.page + across]
        missing = {place: self._images.entries[place].path for place in seen if place not in self._asked}
        if missing and self.size.width:
            # Those asked for before and not drawn yet are asked for again: the newest wish is the one that counts.
            missing |= {place: self._images.entries[place].path for place in seen if place not in self._drawn}
            self._asked = set(self._drawn) | set(missing)
            self.post_message(self.Wanted(missing, self._cells))
        if (window := self.window()) and window != self._told:
            self._told = window
            self._images.shown()

    def _place_at(self, x: int, y: int) -> int | None:
        column, row = 0 if self.beside else x // (COLUMNS + GAP), (y - HEADING) // self._high
        index = (self._first + row) * self.across + column
        return index if y >= HEADING and column < self.across and index < self._images.count else None

    def on_click(self, event: events.Click) -> None:
        """Go to an image; twice on the wall: show it alone again; at the edge beside names: mark it."""
        event.stop()
        self.post_message(EnterPane("images"))
        index = self._place_at(event.x, event.y)
        if index is not None and self.beside and event.x < MARK:
            self._images.toggle(index)
        elif index is not None:
            self._images.move_to(index)
            if event.chain == 2 and not self.beside:
                self.post_message(RunCommand("wall"))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down."""
        event.stop()
        self._images.move_to(self._images.cursor + self.across)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        event.stop()
        self._images.move_to(self._images.cursor - self.across)

    def render_line(self, y: int) -> Strip:
        """The list's heading, or a row of cells: of thumbnails, or of their names."""
        if y < HEADING:
            return self._images.draw_heading(NARROW).strip(self.size.width, self.ink.raised)
        if self.beside:
            return self._row(*divmod(y - HEADING, self._high))
        row, line = divmod(y - HEADING, HIGH)
        start = (self._first + row) * self.across
        indices = range(start, min(start + self.across, self._images.count))
        if line > ROWS:
            return Strip.blank(self.size.width, self.ink.ground)
        return self._names(indices) if line == ROWS else self._pictures(indices, line)

    def _row(self, row: int, line: int) -> Strip:
        """A line of a thumbnail, and what is said beside it."""
        images, ink, pens = self._images, self.ink, pens_of(self.app)
        (columns, rows), width, index = self._cells, self.size.width, self._first + row
        if index >= images.count:
            return Strip.blank(width, ink.panel)
        place = images.view[index]
        ground = (ink.chosen if images.active else ink.waiting) if index == images.cursor else ink.panel
        sign = "●" if place in images.marked else images.sign(place)
        said = Line().add(f" {sign} " if line == 0 else " " * MARK, ink.lamp)
        facts, bright = images.facts.get(place), place in images.marked or index == images.cursor
        said.add(" " * (columns + GAP), ink.text)
        room = width - MARK - columns - GAP - 1
        said.put(note(line, images.entries[place], facts, room, ink, bright=bright), max(room, 0))
        cells = cells_of(said.strip(width, ground), pens)
        chars, drawn = [*cells[0]], [*cells[1]]
        late = bytearray(width)
        strips = self._drawn.get(place, ())
        here = line - (rows - len(strips)) // 2
        strip = strips[here] if 0 <= here < len(strips) else None
        if isinstance(strip, CellStrip):
            left = MARK + (columns - strip.cell_length) // 2
            right = min(left + strip.cell_length, width)
            chars[left:right] = strip.chars[: right - left]
            drawn[left:right] = strip.pens[: right - left]
            late[left:right] = b"\1" * (right - left)
        return CellStrip(chars, drawn, bytes(late))

    def _pictures(self, indices: range, line: int) -> Strip:
        pictures = [self._drawn.get(self._images.view[index], ()) for index in indices]
        return beside(pictures, (COLUMNS, ROWS), line, self.size.width, pens_of(self.app).blank(self.ink.ground))

    def _names(self, indices: range) -> Strip:
        images, ink, strips = self._images, self.ink, list[Strip]()
        for index in indices:
            place = images.view[index]
            facts, marked = images.facts.get(place), place in images.marked
            rating = (facts.rating if facts else None) or 0
            line = Line().add("●" if marked else images.sign(place), ink.lamp)
            line.add(RATINGS.get(rating, " "), ink.alarm if rating == REJECTED else ink.key)
            here = index == images.cursor
            name = show(images.entries[place].label, COLUMNS - 3)
            line.add(f" {name}", ink.bright if here else ink.muted)
            strips += [line.strip(COLUMNS, ink.chosen if here else ink.ground), Strip.blank(GAP, ink.ground)]
        return Strip.join(strips).adjust_cell_length(self.size.width, Style.combine([ink.ground]))
