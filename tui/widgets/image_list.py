"""The images of the folder: name, size, megapixels, marked or not. Good for 50,000 of them; it reads no file."""

from collections.abc import Iterable, Mapping

from rich.style import Style
from textual import events

from engine.files.name import show
from tui.messages import EnterPane, Entry, Facts, ReadFacts, ShowImage
from tui.widgets.figures import megapixels, size
from tui.widgets.line import Line
from tui.widgets.rows import Rows

SIZE, MEGAPIXELS = 7, 6
"""Columns that size and megapixels take, with the space before them."""
ROOM_FOR_SIZE, ROOM_FOR_MEGAPIXELS = 32, 25
"""The narrowest list that still has them."""


class ImageList(Rows):
    """A list of images with a cursor and marks."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries: list[Entry] = []
        self.facts: dict[int, Facts] = {}
        self.marked: set[int] = set()
        self.complete = False
        """Whether the whole folder has been read."""
        self.error = ""

    @property
    def current(self) -> Entry | None:
        """The image under the cursor."""
        return self.entries[self.cursor] if self.entries else None

    def extend(self, entries: Iterable[Entry], complete: bool, error: str = "") -> None:
        """More images, below those there are."""
        first = not self.entries
        self.entries.extend(entries)
        self.count = len(self.entries)
        self.complete, self.error = complete, error or self.error
        self.refresh()
        if first and self.entries:
            self.chosen(0)
        self.shown()

    def fill(self, facts: Mapping[int, Facts]) -> None:
        """Size and pixels of some images."""
        self.facts.update(facts)
        for index in facts:
            self.redraw(index)

    def mark(self, indexes: Iterable[int], marked: bool) -> None:
        """Mark images, or take their marks away."""
        if marked:
            self.marked.update(indexes)
        else:
            self.marked.difference_update(indexes)
        self.refresh()

    def toggle(self, index: int) -> None:
        """Mark an image, or take its mark away."""
        self.marked ^= {index}
        self.redraw(index)
        self.redraw_heading()

    def chosen_entries(self) -> tuple[Entry, ...]:
        """The marked images in the list's order; the current one where none is marked."""
        if self.marked:
            return tuple(self.entries[index] for index in sorted(self.marked))
        return (self.current,) if self.current else ()

    def chosen(self, index: int) -> None:
        """The image under the cursor is to be shown."""
        self.redraw_heading()
        self.post_message(ShowImage(self.entries[index].path))

    def announce(self) -> None:
        """Tell again what is under the cursor and in view, to an app that could not listen before."""
        if self.entries:
            self.chosen(self.cursor)
            self.shown()

    def shown(self) -> None:
        """Ask for what is not known of the rows in view."""
        view = range(self.top, min(self.top + self.page, self.count))
        wanted = {index: self.entries[index].path for index in view if index not in self.facts}
        if wanted:
            self.post_message(ReadFacts(wanted))

    def draw_heading(self, width: int) -> Line:
        """The pane's name, how many are marked, and what the columns are."""
        ink = self.ink
        line = Line().add(" IMAGES ", ink.key if self.active else ink.muted)
        if self.marked:
            line.add(f" {len(self.marked):,} marked", ink.text)
        elif self.count:
            line.add(f" {self.cursor + 1:,}/{self.count:,}", ink.faint)
        if width >= ROOM_FOR_SIZE:
            line.right("size", ink.faint)
        if width >= ROOM_FOR_MEGAPIXELS:
            line.right("    MP ", ink.faint)
        return line

    def draw_row(self, index: int, width: int) -> Line:
        """Mark, name, size, megapixels."""
        ink, facts, marked = self.ink, self.facts.get(index), index in self.marked
        with_size, with_pixels = width + 1 >= ROOM_FOR_SIZE, width + 1 >= ROOM_FOR_MEGAPIXELS
        room = width - 3 - SIZE * with_size - MEGAPIXELS * with_pixels
        line = Line().add(" ● " if marked else "   ", ink.lamp)
        line.add(show(self.entries[index].name, room), self._name_style(facts, marked), room)
        if with_size:
            line.add(size(facts.bytes) if facts and facts.bytes else "", ink.muted, SIZE, "right")
        if with_pixels:
            pixels = facts.width * facts.height if facts else 0
            wrong = "?" if facts and facts.error else ""
            line.add(megapixels(pixels) if pixels else wrong, ink.muted, MEGAPIXELS, "right")
        return line

    def _name_style(self, facts: Facts | None, marked: bool) -> Style:
        """Bright when marked, faint when it cannot be opened."""
        if facts and facts.error:
            return self.ink.faint
        return self.ink.bright if marked else Style.null()

    def on_click(self, event: events.Click) -> None:
        """Go to an image; in the first columns, mark it."""
        event.stop()
        self.post_message(EnterPane("images"))
        index = self.row_at(event.y)
        if index is None:
            return
        if event.x < 3:
            self.toggle(index)
        else:
            self.move_to(index)
