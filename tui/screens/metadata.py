"""What an image's file tells. It reads nothing."""

from textwrap import wrap

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from engine.files.name import show
from tui.screens.dialog import Dialog
from tui.screens.own_keys import edge, leave, meant, way
from tui.widgets.text_rows import TextRows

NAME = 14


class MetadataScreen(Dialog[None]):
    """A row for each thing that is told."""

    DEFAULT_CSS = """
    MetadataScreen TextRows { height: 1; }
    """

    WHERE = "beside what a file tells"
    KEYS = (leave("q", "I", "enter"),)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = name
        self._rows = TextRows()

    def compose(self) -> ComposeResult:
        """The list, empty until it has been read."""
        with Vertical(id="box") as box:
            box.border_title = show(self._image, 50)
            box.border_subtitle = edge(self.KEYS)
            yield self._rows

    def show(self, told: tuple[tuple[str, str], ...]) -> None:
        """It has been read."""
        if self.is_attached:
            ink = self._rows.ink
            width = max(self._rows.size.width - 1, NAME)
            lines = [line for name, value in told for line in _folded(name, value, width)]
            self._rows.show([[(name, ink.muted), (value, ink.text)] for name, value in lines])
            self._rows.styles.height = len(lines)
            self._rows.activate(True)

    def on_key(self, event: events.Key) -> None:
        """Move, or close."""
        rows, does = self._rows, meant(self.KEYS, event.key)
        event.stop()
        rows.move_to(rows.cursor + way(rows, does))
        if does == "leave":
            self.dismiss(None)


def _folded(name: str, value: str, width: int) -> list[tuple[str, str]]:
    """A row, or as many as a sentence without a name takes."""
    if not name:
        return [("", line) for line in wrap(value, width)]
    return [(f"{name:<{NAME}}", value)]
