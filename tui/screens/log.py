"""What was told since the start, and the newest records of the log: to be read again, and copied. It reads no file."""

import time
from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.files.name import show
from tui.notices import Noted
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, edge, leave, meant, way
from tui.widgets.text_rows import TextRows

PULLS = 1.0
"""Seconds between two looks at what is new."""
DAY = 86_400

Read = Callable[[Callable[[tuple[Noted, ...]], None]], None]
"""Answers later, in the event loop, with all there is, the oldest first."""


class LogScreen(Dialog[None]):
    """A row for each, the newest first; the whole text of the one under the cursor below."""

    DEFAULT_CSS = """
    LogScreen { align: center middle; }
    LogScreen #box { width: 110; max-width: 96%; height: 84%; }
    LogScreen TextRows { height: 1fr; }
    LogScreen #whole { height: 5; margin-top: 1; }
    LogScreen.-low #whole { height: 3; }
    """

    WHERE = "in the log"
    KEYS = (
        OwnKey("copy", ("c", "y"), "Copy the one under the cursor.", "copy"),
        OwnKey("copy all", ("C",), "Copy all.", "copy all"),
        leave("q", "exclamation_mark", "enter"),
    )

    def __init__(self, read: Read, clock: Callable[[], float] = time.time) -> None:
        """`read` is asked again and again; `clock` gives seconds since 1970."""
        super().__init__()
        self._read, self._clock = read, clock
        self._noted: tuple[Noted, ...] = ()
        self._rows = TextRows(on_move=self._tell)
        self._whole = Static("", id="whole", markup=False)

    def compose(self) -> ComposeResult:
        """The list and the whole text."""
        with Vertical(id="box") as box:
            box.border_title = "Log"
            box.border_subtitle = edge(self.KEYS)
            yield self._rows
            yield self._whole

    def on_mount(self) -> None:
        """Look now, and every second."""
        self._rows.activate(True)
        self._rows.explain("Nothing was told yet.")
        self._pull()
        self.set_interval(PULLS, self._pull)

    def on_key(self, event: events.Key) -> None:
        """Move, copy, or close."""
        does, rows = meant(self.KEYS, event.key), self._rows
        event.stop()
        rows.move_to(rows.cursor + way(rows, does))
        if does == "copy":
            self._copy(self._noted[rows.cursor : rows.cursor + 1])
        elif does == "copy all":
            self._copy(self._noted)
        elif does == "leave":
            self.dismiss(None)

    def _pull(self) -> None:
        self._read(self._show)

    def _show(self, noted: tuple[Noted, ...]) -> None:
        """Show them where they are others than before, the cursor staying with what it was on, unless on the newest."""
        noted = tuple(reversed(noted))
        if not self.is_attached or noted == self._noted:
            return
        before = self._noted[self._rows.cursor] if self._noted and self._rows.cursor else None
        self._noted = noted
        self._rows.show([self._row(each) for each in noted])
        if before in noted:
            self._rows.move_to(noted.index(before))

    def _row(self, noted: Noted) -> list[tuple[str, Style]]:
        ink = self._rows.ink
        first, *more = noted.text.split("\n")
        mark = ("!", ink.alarm) if noted.alarm else ("·", ink.faint)
        return [
            (f" {self._time(noted.when)} ", ink.muted),
            (f"{mark[0]} ", mark[1]),
            ("log " if noted.logged else "    ", ink.muted),
            (show(first) + (" …" if more else ""), ink.muted if noted.logged else ink.text),
        ]

    def _time(self, when: float) -> str:
        """Of the day; the day, too, where that is another."""
        form = "%H:%M:%S" if time.localtime(when)[:3] == time.localtime(self._clock())[:3] else "%m-%d %H:%M"
        return f"{time.strftime(form, time.localtime(when)):>11}"

    def _tell(self, index: int) -> None:
        self._whole.update("\n".join(map(show, self._noted[index].text.split("\n"))))

    def _copy(self, noted: tuple[Noted, ...]) -> None:
        if noted:
            self.app.copy_to_clipboard("\n".join(map(_line, noted)))
            count = "it" if len(noted) == 1 else f"{len(noted)} entries"
            self.query_one("#box").border_subtitle = f"copied {count}, if your terminal allows   esc back"


def _line(noted: Noted) -> str:
    """With its time, harmless wherever it is put."""
    stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(noted.when))
    return "\n".join(f"{stamp} {show(each)}" for each in noted.text.split("\n"))
