"""The command `show_failures`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.confinement import read_only
from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class ShowFailures(Command):
    """List the files that could not be done, with the reasons; once the batch is over, try them again."""

    title = "Show failures"
    keys = ("e",)
    hint = "failures"
    rank = 9

    def run(self, app: Safelight) -> None:
        """Open the list."""
        from tui.screens.failures import FailuresScreen

        if not app.bridge.batch.failures:
            app.tell(NoticeGiven("No file has failed."))
            return
        batch = app.bridge.batch
        screen = FailuresScreen(tuple(batch.failures), over=not batch.running and not read_only())
        app.push_screen(screen, lambda again: app.bridge.retry() if again else None)

    def offered(self, app: Safelight) -> bool:
        """Only when some file failed."""
        return bool(app.bridge.batch.failures)
