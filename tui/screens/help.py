"""The help page: every command with its keys, told by the commands themselves. It holds no text of its own."""

from itertools import groupby
from operator import attrgetter
from textwrap import wrap

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.screens.dialog import Dialog
from tui.screens.own_keys import edge, leave, meant, way
from tui.values import HelpRow
from tui.widgets.text_rows import TextRows

ROOM_FOR_TITLES = 110
"""Columns of a screen that shows titles beside the help; below, the help says enough."""

LEAST = 20
"""Columns that help is folded to, at least."""


class HelpScreen(Dialog[None]):
    """A list to scroll through; any of the usual keys closes it."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen #box { width: 120; max-width: 94%; height: 90%; }
    HelpScreen TextRows { height: 1fr; }
    """

    WHERE = "in this page"
    KEYS = (leave("q", "question_mark", "f1", "enter"),)

    def __init__(self, rows: tuple[HelpRow, ...]) -> None:
        super().__init__()
        self._help = rows
        self._rows = TextRows()

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(id="box") as box:
            box.border_title = "Keys"
            box.border_subtitle = edge(self.KEYS)
            yield self._rows

    def on_resize(self, event: events.Resize) -> None:
        """Fold it anew, once the list has its size."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
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
            for row in rows:
                first, *rest = wrap(row.help, max(self._rows.size.width - width - title - 3, LEAST))
                lines.append(
                    [
                        (f" {row.keys:<{width}}", ink.key),
                        (f"{row.title:<{title}}"[:title], ink.text),
                        (first, ink.muted),
                    ]
                )
                lines += [[(" " * (1 + width + title), ink.text), (each, ink.muted)] for each in rest]
        self._rows.show(lines)
        self._rows.pointed = False

    def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        rows, does = self._rows, meant(self.KEYS, event.key)
        event.stop()
        rows.scroll_rows(way(rows, does))
        if does == "leave":
            self.dismiss(None)
