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
from tui.messages import RunCommand
from tui.output.app import pens_of
from tui.theme import Inks, inks
from tui.widgets.image_list import RATINGS, REJECTED, ImageList
from tui.widgets.line import Line
from tui.widgets.tiles import GAP, beside

COLUMNS, ROWS = 20, 7
"""Cells of a thumbnail."""
HIGH = ROWS + 2
"""Rows of one with its name and a gap."""
HEADING, NARROW = 1, 20
"""Rows of the list's heading, and a width at which it names no columns."""
KEPT = 600
"""Thumbnails that stay drawn."""


class ThumbGrid(Widget):
    """Thumbnails with their names; the cursor, marks and ratings are the list's."""

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

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    @property
    def across(self) -> int:
        """Thumbnails beside each other."""
        return max(1, (self.size.width + GAP) // (COLUMNS + GAP))

    @property
    def high(self) -> int:
        """Rows of thumbnails that fit below the heading."""
        return max(1, (self.size.height - HEADING) // HIGH)

    @property
    def page(self) -> int:
        """Thumbnails in view."""
        return self.across * self.high

    def follow(self) -> None:
        """The list, or its cursor, has changed."""
        if self.display:
            self._reveal()
            self.refresh()

    def fill(self, drawn: Mapping[int, tuple[Strip, ...]]) -> None:
        """Some are ready."""
        self._drawn |= drawn
        while len(self._drawn) > KEPT:
            self._asked.discard(self._drawn.popitem(last=False)[0])
        self.refresh()

    def forget(self) -> None:
        """They are to be drawn in another way."""
        self._drawn.clear()
        self._asked.clear()
        self.follow()

    def on_show(self) -> None:
        """It is to be seen."""
        self.follow()

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer fit."""
        self.follow()

    def _reveal(self) -> None:
        """Bring the cursor into view, and ask for what is missing there."""
        across, high = self.across, self.high
        row = self._images.cursor // across
        self._first = min(max(self._first, row - high + 1), row)
        start = self._first * across
        seen = self._images.view[start : start + self.page + across]
        missing = {place: self._images.entries[place].path for place in seen if place not in self._asked}
        if missing and self.size.width:
            # Those asked for before and not drawn yet are asked for again: the newest wish is the one that counts.
            missing |= {place: self._images.entries[place].path for place in seen if place not in self._drawn}
            self._asked = set(self._drawn) | set(missing)
            self.post_message(self.Wanted(missing))

    def _place_at(self, x: int, y: int) -> int | None:
        column, row = x // (COLUMNS + GAP), (y - HEADING) // HIGH
        index = (self._first + row) * self.across + column
        return index if y >= HEADING and column < self.across and index < self._images.count else None

    def on_click(self, event: events.Click) -> None:
        """Go to an image; twice: show it alone again."""
        event.stop()
        index = self._place_at(event.x, event.y)
        if index is not None:
            self._images.move_to(index)
            if event.chain == 2:
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
        row, line = divmod(y - HEADING, HIGH)
        start = (self._first + row) * self.across
        indices = range(start, min(start + self.across, self._images.count))
        if line > ROWS:
            return Strip.blank(self.size.width, self.ink.ground)
        return self._names(indices) if line == ROWS else self._pictures(indices, line)

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
