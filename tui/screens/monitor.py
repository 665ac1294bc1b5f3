"""The monitor: a batch at work on the whole screen, as the app follows it. It asks nobody."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.screens.dialog import Dialog
from tui.widgets.engine_panel import EnginePanel
from tui.widgets.monitor_panel import MonitorPanel

CLOSING = ("q", "percent_sign", "enter", "escape")


class MonitorScreen(Dialog[None]):
    """Over all of the main screen; what the engine's panel is told, it shows in full."""

    DEFAULT_CSS = """
    MonitorScreen { align: left top; }
    MonitorScreen #box { width: 100%; height: 100%; border: none; padding: 0; background: $surface; }
    """

    def __init__(self, engine: EnginePanel, key: str, frugal: Callable[[], bool]) -> None:
        """`engine` is told of the batch; `key` applies a stack; `frugal` says whether the line to here is slow."""
        super().__init__()
        self._engine = engine
        self._panel = MonitorPanel(key, frugal)

    def compose(self) -> ComposeResult:
        """One panel."""
        with Vertical(id="box"):
            yield self._panel

    def on_mount(self) -> None:
        """Show what is known, and from now on what comes."""
        self._engine.mirror = self._pull
        self._pull()

    def on_unmount(self) -> None:
        """Nothing more needs to be told."""
        self._engine.mirror = None

    def _pull(self) -> None:
        engine = self._engine
        if engine.snapshot is not None:
            self._panel.show(engine.snapshot, engine.files, engine.past)

    def on_key(self, event: events.Key) -> None:
        """Any of the usual keys closes it."""
        event.stop()
        if event.key in CLOSING:
            self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """So does a click on the lowest line, which names the key."""
        event.stop()
        if event.screen_y == self.size.height - 1:
            self.dismiss(None)
