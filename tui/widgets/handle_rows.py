"""A row for each thing that an editor can take hold of: its name, a track where it is a number, its value."""

from collections.abc import Callable, Sequence
from typing import Protocol

from textual import events

from tui.widgets.line import Line
from tui.widgets.rows import Rows

LABEL, VALUE, LEAST = 12, 9, 6
"""Columns of a name and of a value, and of the shortest track."""
MARK = 2


class Handle(Protocol):
    """What a row shows."""

    @property
    def name(self) -> str:
        """Of the thing."""

    @property
    def said(self) -> str:
        """Its value in words."""

    @property
    def share(self) -> float | None:
        """Where a number stands between its ends, 0 to 1; None for what is none."""


class HandleRows(Rows):
    """The cursor is the handle that the keys move; the mouse pulls the knob of a number."""

    HEADING = 0

    def __init__(
        self, on_choose: Callable[[int], object], on_slide: Callable[[int, float], object], *, id: str | None = None
    ) -> None:
        """`on_choose` is told the row that was clicked, `on_slide` also how far along its track."""
        super().__init__(id=id)
        self._handles: Sequence[Handle] = ()
        self._on_choose, self._on_slide = on_choose, on_slide
        self._pulled: int | None = None
        self.active = True

    def show(self, handles: Sequence[Handle], chosen: int) -> None:
        """Show these, the cursor on the chosen one."""
        self._handles, self.count, self.cursor = handles, len(handles), chosen
        self._reveal()
        self.refresh()

    def draw_row(self, index: int, width: int) -> Line:
        """A mark on the one under the cursor, so that it is told without colour too."""
        handle, ink = self._handles[index], self.ink
        here = index == self.cursor
        line = Line().add("▸ " if here else "  ", ink.key).add(handle.name, ink.bright if here else ink.text, LABEL)
        track = self._track(width)
        if handle.share is None or not track:
            return line.add(handle.said, ink.bright if here else ink.text, max(width - MARK - LABEL, 0), "right")
        knob = round(handle.share * (track - 1))
        line.add("━" * knob, ink.lamp).add("●", ink.key if here else ink.lamp).add("─" * (track - 1 - knob), ink.faint)
        return line.add(handle.said, ink.bright if here else ink.text, VALUE, "right")

    def _track(self, width: int) -> int:
        """Columns of a track; 0 where there is no room for one."""
        room = width - MARK - LABEL - VALUE
        return room if room >= LEAST else 0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to a row; on a track, take its knob."""
        event.stop()
        index = self.row_at(event.y)
        if index is None:
            return
        self._on_choose(index)
        if self._handles[index].share is not None and event.x >= MARK + LABEL:
            self._pulled = index
            self.capture_mouse()
            self._pull(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull the knob."""
        if self._pulled is not None:
            event.stop()
            self._pull(event.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        if self._pulled is not None:
            event.stop()
            self._pulled = None
            self.release_mouse()

    def _pull(self, column: int) -> None:
        track = self._track(self.size.width - 1)
        if self._pulled is not None and track:
            along = (column - MARK - LABEL) / max(track - 1, 1)
            self._on_slide(self._pulled, min(max(along, 0.0), 1.0))
