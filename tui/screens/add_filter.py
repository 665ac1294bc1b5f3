"""Choosing a filter by a few letters of its name. It adds nothing itself."""

from collections.abc import Iterable

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.widgets import Input, Static

from tui.messages import FilterRow
from tui.screens.dialog import Dialog
from tui.widgets.text_rows import TextRows

NAME, HELP_LINES = 20, 3


class AddFilterScreen(Dialog[str]):
    """A list that narrows while one types; gives the filter's name."""

    DEFAULT_CSS = f"""
    AddFilterScreen TextRows {{ height: 14; max-height: 50vh; margin: 1 0; }}
    AddFilterScreen #help {{ height: {HELP_LINES}; }}
    AddFilterScreen.-low TextRows {{ margin: 0; max-height: 40vh; }}
    """

    def __init__(self, filters: Iterable[FilterRow]) -> None:
        super().__init__()
        self._filters = tuple(filters)
        self._matching = self._filters
        self._rows = TextRows(on_move=self._describe, on_click=self._take)
        self._help = Static("", id="help", markup=False)

    def compose(self) -> ComposeResult:
        """What is typed, the filters, the help of the one under the cursor."""
        with Vertical(id="box") as box:
            box.border_title = "Add a filter"
            box.border_subtitle = "⏎ add   esc back"
            field = Input(placeholder="type a few letters")
            field.cursor_blink = False
            yield field
            yield self._rows
            yield self._help

    def on_mount(self) -> None:
        """All of them to begin with."""
        self._rows.activate(True)
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer or more of them."""
        self._fill(event.value.strip())

    def on_input_submitted(self) -> None:
        """This one."""
        if self._matching:
            self._take(self._rows.cursor)

    def on_key(self, event: events.Key) -> None:
        """The keys that a field for text has no use for."""
        by = {"down": 1, "up": -1, "pagedown": self._rows.page, "pageup": -self._rows.page}.get(event.key)
        if by is not None:
            event.stop()
            self._rows.move_to(self._rows.cursor + by)

    def _fill(self, typed: str) -> None:
        matcher = Matcher(typed)
        scored = [(matcher.match(each.name) if typed else 1.0, each) for each in self._filters]
        kept = [(score, each) for score, each in scored if score > 0]
        self._matching = tuple(each for _, each in sorted(kept, key=lambda pair: -pair[0]))
        self._rows.show([self._row(each) for each in self._matching])
        if not self._matching:
            self._help.update(f"No filter has these letters: {typed}")

    def _row(self, row: FilterRow) -> list[tuple[str, Style]]:
        ink = self._rows.ink
        return [(f" {row.name:<{NAME}}", ink.text), (row.group, ink.muted)]

    def _describe(self, index: int) -> None:
        self._help.update(self._matching[index].help)

    def _take(self, index: int) -> None:
        self.dismiss(self._matching[index].name)
