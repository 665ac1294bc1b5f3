"""The files that could not be done, with the reasons. It retries nothing itself."""

import os

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.files.name import show
from engine.job import Failed
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, edge, leave, meant, way
from tui.widgets.figures import count
from tui.widgets.line import fit
from tui.widgets.text_rows import TextRows

NAME, HOST = 28, 14


class FailuresScreen(Dialog[bool]):
    """A row for each file; the whole sentence of the one under the cursor below. Gives True to try them again."""

    DEFAULT_CSS = """
    FailuresScreen { align: center middle; }
    FailuresScreen #box { width: 96; height: 80%; }
    FailuresScreen TextRows { height: 1fr; }
    FailuresScreen #sentence { height: 4; margin-top: 1; }
    """

    WHERE = "among failures"
    KEYS = (
        OwnKey("retry", ("r",), "Try these files again, once the batch is over.", "try again"),
        leave("q", "e", "enter"),
    )

    def __init__(self, failures: tuple[Failed, ...], *, over: bool = False) -> None:
        """`over`: the batch has ended, so they can be tried again."""
        super().__init__()
        self._over = over
        self._failures, self._hosted = failures, any(each.host for each in failures)
        self._sentence = Static("", id="sentence", markup=False)
        self._rows = TextRows(on_move=self._tell)

    def compose(self) -> ComposeResult:
        """The list and the sentence."""
        with Vertical(id="box") as box:
            box.border_title = f"{count(len(self._failures), 'file')} failed"
            box.border_subtitle = edge(self.KEYS if self._over else self.KEYS[1:])
            yield self._rows
            yield self._sentence

    def on_mount(self) -> None:
        """One row for each."""
        self._rows.show([self._row(each) for each in self._failures])
        self._rows.activate(True)

    def _row(self, failed: Failed) -> list[tuple[str, Style]]:
        """Its name, the machine where there are several, its sentence."""
        ink = self._rows.ink
        row = [(f" {fit(show(os.path.basename(failed.path), NAME), NAME)} ", ink.text)]
        if self._hosted:
            row.append((f"{fit(show(failed.host, HOST), HOST)} ", ink.glow))
        return [*row, (show(failed.error), ink.muted)]

    def on_key(self, event: events.Key) -> None:
        """Move, or close."""
        rows, does = self._rows, meant(self.KEYS, event.key)
        event.stop()
        rows.move_to(rows.cursor + way(rows, does))
        if does == "retry" and self._over:
            self.dismiss(True)
        elif does == "leave":
            self.dismiss(None)

    def _tell(self, index: int) -> None:
        failed = self._failures[index]
        where = f" (On {show(failed.host)}.)" if failed.host else ""
        self._sentence.update(show(failed.error) + where)
