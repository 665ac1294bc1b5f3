"""The command `pause_batch`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.job import Verb
from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class PauseBatch(Command):
    """Pause the batch, or let it go on."""

    title = "Pause or resume the batch"
    keys = ("p",)
    hint = "pause"
    rank = 7
    writes = True

    def run(self, app: Safelight) -> None:
        """Ask for the opposite of what it is doing."""
        if not app.bridge.batch.running:
            app.tell(NoticeGiven("No batch is running."))
            return
        app.bridge.batch.ask(Verb.RESUME if app.bridge.batch.paused else Verb.PAUSE)

    def offered(self, app: Safelight) -> bool:
        """Only when it would do something."""
        return app.bridge.batch.running
