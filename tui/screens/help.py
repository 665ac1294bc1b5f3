"""The help page: every command with its keys, told by the commands themselves. It holds no text of its own."""

from itertools import groupby
from operator import attrgetter

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.screens.dialog import Dialog
from tui.values import HelpRow
from tui.widgets.text_rows import TextRows

ROOM_FOR_TITLES = 110
"""Columns of a screen that shows titles beside the help; below, the help says enough."""


class HelpScreen(Dialog[None]):
    """A list to scroll through; any of the usual keys closes it."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen #box { width: 120; max-width: 94%; height: 90%; }
    HelpScreen TextRows { height: 1fr; }
    """

    def __init__(self, rows: tuple[HelpRow, ...]) -> None:
        super().__init__()
        self._help = rows
        self._rows = TextRows()

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(id="box") as box:
            box.border_title = "Keys"
            box.border_subtitle = "esc back"
            yield self._rows

    def on_mount(self) -> None:
        """A heading for each group, a row for each command."""
        ink = self._rows.ink
        width = max(len(row.keys) for row in self._help) + 2
        title = max(len(row.title) for row in self._help) + 2
        if self.app.size.width < ROOM_FOR_TITLES:
            title = 0
        lines: list[list[tuple[str, Style]]] = []
        for group, rows in groupby(self._help, attrgetter("group")):
            lines += [[] for _ in range(bool(lines))]
            lines.append([(f" {group.upper()}", ink.muted)])
            lines += [
                [(f" {row.keys:<{width}}", ink.key), (f"{row.title:<{title}}"[:title], ink.text), (row.help, ink.muted)]
                for row in rows
            ]
        self._rows.show(lines)
        self._rows.pointed = False

    def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        rows = self._rows
        by = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": rows.page, "space": rows.page, "pageup": -rows.page}
        event.stop()
        if event.key in by:
            rows.scroll_rows(by[event.key])
        elif event.key in ("q", "question_mark", "f1", "enter", "escape"):
            self.dismiss(None)
