"""A list of any length that draws only the rows in view. It knows nothing of what the rows mean."""

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.theme import Inks, inks
from tui.widgets.line import Line


class Rows(Widget):
    """Rows under a heading, a cursor that stays in view, and a thumb at the right edge where there are more."""

    HEADING = 1
    """Lines above the rows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self.top = 0
        """The first row in view."""
        self.active = False
        """Whether the keys act on this list."""
        self.pointed = True
        """Whether the cursor is to be seen."""
        self.empty: tuple[str, ...] = ()
        """What to say, line by line, where there are no rows."""

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    @property
    def page(self) -> int:
        """Rows that fit."""
        return max(1, self.size.height - self.HEADING)

    def draw_heading(self, width: int) -> Line:
        """The line above the rows."""
        return Line()

    def draw_row(self, index: int, width: int) -> Line:
        """One row, `width` columns wide."""
        raise NotImplementedError

    def chosen(self, index: int) -> None:
        """The cursor came to this row."""

    def shown(self) -> None:
        """Other rows are in view than before."""

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, or the nearest there is."""
        index = min(max(index, 0), self.count - 1)
        if index == self.cursor or self.count == 0:
            return
        before, self.cursor = self.cursor, index
        if not self._reveal():
            self.redraw(before)
            self.redraw(index)
        self.chosen(index)

    def scroll_rows(self, by: int) -> None:
        """Move what is in view, not the cursor."""
        top = min(max(self.top + by, 0), max(self.count - self.page, 0))
        if top != self.top:
            self.top = top
            self.shown()
            self.refresh()

    def redraw(self, index: int) -> None:
        """Draw one row again, if it is in view."""
        line = index - self.top + self.HEADING
        if self.HEADING <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def redraw_heading(self) -> None:
        """Draw the line above the rows again."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def row_at(self, line: int) -> int | None:
        """The row on a line of the widget."""
        index = self.top + line - self.HEADING
        return index if line >= self.HEADING and index < self.count else None

    def activate(self, active: bool) -> None:
        """Take or give up the keys."""
        if active != self.active:
            self.active = active
            self.refresh()

    def _reveal(self) -> bool:
        """Bring the cursor into view; whether that moved anything.

        Just past an edge it comes to the middle: every row is another one then, and that should not be at every step.
        """
        top, page = self.top, self.page
        if not top <= self.cursor < top + page:
            down = self.cursor >= top + page
            near = top - page < self.cursor < top + 2 * page - 1
            top = self.cursor - (page // 2 if near else page - 1 if down else 0)
        top = min(max(top, 0), max(self.count - page, 0))
        moved, self.top = top != self.top, top
        if moved:
            self.shown()
            self.refresh()
        return moved

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer rows fit."""
        self._reveal()
        self.shown()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down."""
        event.stop()
        self.scroll_rows(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        event.stop()
        self.scroll_rows(-3)

    def render_line(self, y: int) -> Strip:
        """The heading, a row, or nothing below the last."""
        width, ink = self.size.width, self.ink
        if y < self.HEADING:
            return self.draw_heading(width).strip(width, ink.raised if y == 0 else ink.panel)
        index = self.row_at(y)
        if index is None:
            return self._nothing(y - self.HEADING - 1).strip(width, ink.panel)
        ground = ink.panel
        if index == self.cursor and self.pointed:
            ground = ink.chosen if self.active else ink.waiting
        row = self.draw_row(index, width - 1).strip(width - 1, ground)
        return Strip([*row, *Line().add(self._thumb(y), ink.faint).strip(1, ground)])

    def _nothing(self, line: int) -> Line:
        """A line below the last row: words where there are no rows at all."""
        said = self.nothing() if self.count == 0 else ()
        words = said[line] if 0 <= line < len(said) else ""
        return Line().add(f"  {words}", self.ink.faint)

    def nothing(self) -> tuple[str, ...]:
        """What to say, line by line, where there are no rows."""
        return self.empty

    def explain(self, *words: str) -> None:
        """Say this where there are no rows."""
        if words != self.empty:
            self.empty = words
            if self.count == 0:
                self.refresh()

    def _thumb(self, y: int) -> str:
        """A piece of the mark at the right edge that tells which part of the list is in view."""
        if self.count <= self.page:
            return " "
        start = round(self.top * (self.page - 1) / self.count)
        length = max(1, round(self.page * self.page / self.count))
        return "▐" if start <= y - self.HEADING < start + length else " "
