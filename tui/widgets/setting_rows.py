"""A row for each setting: its name, its word between two marks, who chose it. It changes none."""

from collections.abc import Callable
from typing import NamedTuple

from textual import events

from tui.widgets.line import Line
from tui.widgets.rows import Rows

BEFORE, AFTER = " ‹ ", " › "
"""Around a word; what a person presses with the mouse for the one before or the next."""


class SettingRow(NamedTuple):
    """A setting as it stands."""

    name: str
    word: str
    place: str
    """Who chose it."""


class SettingRows(Rows):
    """A list with a cursor; the mouse turns a word."""

    HEADING = 0

    def __init__(
        self,
        names: tuple[str, ...],
        widest: int,
        read: Callable[[str], SettingRow],
        *,
        on_move: Callable[[str], object],
        on_turn: Callable[[str, int], object],
    ) -> None:
        """Names of settings and the letters of their longest word; `read` tells of one how it stands.

        `on_move` gets the setting under the cursor, `on_turn` the one to turn, and by how much.
        """
        super().__init__()
        self._names, self._widest, self._read = names, widest, read
        self._on_move, self._on_turn = on_move, on_turn
        self.count, self.active = len(names), True

    @property
    def current(self) -> str:
        """The name of the setting under the cursor."""
        return self._names[self.cursor]

    def chosen(self, index: int) -> None:
        """Tell whoever describes it."""
        self._on_move(self._names[index])

    def draw_row(self, index: int, width: int) -> Line:
        """Name, word, place."""
        ink, row = self.ink, self._read(self._names[index])
        here = index == self.cursor
        line = Line().add(" ", ink.text).add(row.name, ink.bright if here else ink.text, self._column - 1)
        line.add(BEFORE, ink.key if here else ink.faint).add(row.word, ink.lamp, self._widest)
        line.add(AFTER, ink.key if here else ink.faint).add("  ", ink.text)
        return Line().put(line.add(row.place, ink.muted), width)

    @property
    def _column(self) -> int:
        """Where words begin, the mark before them included."""
        return max(map(len, self._names)) + 3

    def on_click(self, event: events.Click) -> None:
        """Go to a row; on a mark or a word, turn it as well."""
        event.stop()
        index = self.row_at(event.y)
        if index is None:
            return
        self.move_to(index)
        start = self._column
        end = start + len(BEFORE) + self._widest + len(AFTER)
        if start <= event.x < end:
            self._on_turn(self.current, -1 if event.x < start + len(BEFORE) else 1)
