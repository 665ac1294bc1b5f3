"""The images of the folder: name, size, megapixels, marked or not. Good for 50,000 of them; it reads no file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Self

from rich.style import Style
from textual import events
from textual.geometry import Region

from engine.files.name import show
from tui.messages import EnterPane, ReadFacts, ShowImage
from tui.values import Entry, Facts
from tui.widgets.arranged import Arranged
from tui.widgets.columns import Columns, columns
from tui.widgets.line import Line
from tui.widgets.narrowing import sought

NOTES = 3
"""Columns for rating and edits."""
REJECTED = -1
RATINGS = {REJECTED: "✗"} | {stars: str(stars) for stars in range(1, 6)}
AHEAD = (1, -1, 2)
"""Rows that are likely to be gone to next, the likeliest first."""
DOWN, UP = "▾", "▴"
"""Behind the order of the rows, as it is at first and the other way round."""


class ImageList(Arranged):
    """A list of images with a cursor and marks."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facts: dict[int, Facts] = {}
        self.marked: set[int] = set()
        self._anchor = -1
        self._noted = False
        """Whether an image has a rating or edits, for which there are columns then."""
        self.complete = False
        """Whether the whole folder has been read."""
        self.error = ""
        self.mirror: Callable[[], object] | None = None
        """Told of every change: whatever else shows the same images."""
        self.window: Callable[[], range | None] = lambda: None
        """The rows that are in view there; None where they are in view here."""

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw again, and have others draw again what they show of it."""
        if self.mirror is not None:
            self.mirror()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def total(self) -> int:
        """Images of the folder."""
        return len(self.entries) - len(self.gone)

    @property
    def current_facts(self) -> Facts | None:
        """What is known of it."""
        return self.facts.get(self.view[self.cursor]) if self.view else None

    def extend(self, entries: Iterable[Entry], complete: bool, error: str = "") -> None:
        """More images, below those there are."""
        first, known = not self.view, len(self.entries)
        self.entries.extend(entries)
        self.view += self._arranged(range(known, len(self.entries)))
        self.count = len(self.view)
        self.complete, self.error = complete, error or self.error
        self.refresh()
        if first and self.view:
            self.chosen(0)
        self.shown()

    def fill(self, facts: Mapping[int, Facts]) -> None:
        """Size and pixels of some images."""
        self.facts.update(facts)
        self._ratings.update({place: each.rating or 0 for place, each in facts.items()})
        if not self._noted and any(each.rating is not None or each.edited for each in facts.values()):
            self._noted = True
            self.refresh()
        for row in self._rows_in_view():
            if self.view[row] in facts:
                self.redraw(row)
        if self.mirror is not None:
            self.mirror()

    def empty_out(self) -> None:
        """Begin anew with no image."""
        self.begin_anew()
        self.facts, self.marked = {}, set()
        self.complete, self.error, self._anchor, self._noted = False, "", -1, False
        self.refresh()

    def drop(self, places: Iterable[int]) -> None:
        """These images are gone; the cursor stays where it is, on the next."""
        self.gone |= {*places}
        self.marked -= self.gone
        before = self.current
        self.view = [place for place in self.view if place not in self.gone]
        self.count = len(self.view)
        self.cursor = min(self.cursor, max(self.count - 1, 0))
        self._reveal()
        self.shown()
        self.refresh()
        if self.view and self.current is not before:
            self.chosen(self.cursor)

    def mark(self, rows: Iterable[int], marked: bool) -> None:
        """Mark images, or take their marks away."""
        images = {self.view[row] for row in rows}
        self.marked = self.marked | images if marked else self.marked - images
        self.refresh()

    def toggle(self, row: int) -> None:
        """Mark an image, or take its mark away."""
        self.marked ^= {self.view[row]}
        self._anchor = self.view[row]
        self.redraw(row)
        self.redraw_heading()

    def mark_range(self) -> None:
        """Mark the images from the one whose mark was turned last to this one; this one alone where there is none."""
        start = self.view.index(self._anchor) if self._anchor in self.view else self.cursor
        self.mark(range(min(start, self.cursor), min(max(start, self.cursor) + 1, self.count)), True)

    def unmark(self) -> None:
        """Take all marks away, of images that are not to be seen as well."""
        self.marked = set()
        self.refresh()

    def forget(self, path: str) -> None:
        """An image has changed: what was known of it is asked for again."""
        for place in [place for place in self.facts if self.entries[place].path == path]:
            del self.facts[place]
        self.shown()

    def sign(self, place: int) -> str:
        """A character before the name of an image that is not marked."""
        return " "

    def _rows_in_view(self) -> range:
        window = self.window()
        return range(self.top, min(self.top + self.page, self.count)) if window is None else window

    def chosen_entries(self) -> tuple[Entry, ...]:
        """The marked images in the list's order; the current one where none is marked."""
        if self.marked:
            return tuple(self.entries[index] for index in sorted(self.marked))
        return (self.current,) if self.current else ()

    def chosen_images(self) -> dict[int, Entry]:
        """The same by their places among all."""
        places = sorted(self.marked) if self.marked else [self.view[self.cursor]] if self.view else []
        return {place: self.entries[place] for place in places}

    def chosen(self, index: int) -> None:
        """The image under the cursor is to be shown."""
        self.redraw_heading()
        near = (index + step for step in AHEAD if 0 <= index + step < self.count)
        ahead = tuple(self.entries[self.view[row]].path for row in near)
        self.post_message(ShowImage(self.entries[self.view[index]].path, ahead))

    def announce(self) -> None:
        """Tell again what is under the cursor and in view, to an app that could not listen before."""
        if self.view:
            self.chosen(self.cursor)
            self.shown()

    def shown(self) -> None:
        """Ask for what is not known of the rows in view."""
        seen = (self.view[row] for row in self._rows_in_view())
        wanted = {index: self.entries[index].path for index in seen if index not in self.facts}
        if wanted:
            self.post_message(ReadFacts(wanted))

    def draw_heading(self, width: int) -> Line:
        """The pane's name, how many are marked, and what the columns are."""
        ink = self.ink
        if self.letters or self.typing:
            line = Line().add(f" /{show(self.letters)}", ink.key).add("▏ " if self.typing else "  ", ink.lamp)
        else:
            line = Line().add(" IMAGES ", ink.key if self.active else ink.muted)
        if self.marked:
            line.add(f" {len(self.marked):,} marked", ink.text)
        elif self.count:
            line.add(f" {self.cursor + 1:,}/{self.count:,}", ink.faint)
            line.add(f" of {len(self.entries):,}" if self.letters else "", ink.faint)
        if self.order != "name" or self.backwards:
            line.add(f" {self.order}{UP if self.backwards else DOWN}", ink.lamp)
        self._columns(width).head(line, ink)
        return line

    def _columns(self, width: int) -> Columns:
        """Those there is room for: names go first, then ratings."""
        return columns(self.order, width - NOTES * self._noted)

    def draw_row(self, row: int, width: int) -> Line:
        """Mark, name, size, megapixels."""
        index = self.view[row]
        ink, facts, marked = self.ink, self.facts.get(index), index in self.marked
        behind = self._columns(width + 1)
        room = width - 3 - NOTES * self._noted - behind.width
        line = Line().add(" ● " if marked else "   ", ink.lamp)
        if self._noted:
            rating = facts.rating if facts else None
            line.add(RATINGS.get(rating or 0, " "), ink.alarm if rating == REJECTED else ink.key)
            line.add("e " if facts and facts.edited else "  ", ink.muted)
        line.add(show(self.entries[index].label, room), self._name_style(facts, marked), room)
        behind.add(line, facts, ink)
        return line

    def nothing(self) -> tuple[str, ...]:
        """What there is to say where no row is."""
        if self.letters and self.entries:
            return ("No image is rated so." if sought(self.letters)[0] else "No name has these letters.",)
        return self.empty if self.complete else ("Reading the folder…",)

    def _name_style(self, facts: Facts | None, marked: bool) -> Style:
        """Bright when marked, faint when it cannot be opened."""
        if facts and (facts.error or facts.rating == REJECTED):
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
