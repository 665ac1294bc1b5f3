"""The command `show_failures`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class ShowFailures(Command):
    """List the files that could not be done, with the reasons."""

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
        app.push_screen(FailuresScreen(tuple(app.bridge.batch.failures)))

    def offered(self, app: Safelight) -> bool:
        """Only when some file failed."""
        return bool(app.bridge.batch.failures)
