"""The command `show_batch`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.confinement import read_only
from tui.commands import Command
from tui.commands.batch import offer
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight
    from tui.screens.jobs import Wish
    from tui.values import Asked


class ShowBatch(Command):
    """Every batch, of this app, another or the command line: follow, pause, cancel, put in order, do again, forget."""

    title = "Batches"
    keys = ("B",)
    rank = 33
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Open the screen, and do what it is left with."""
        from tui.screens.jobs import JobsScreen

        app.push_screen(JobsScreen(app.bridge.jobs, may_write=not read_only()), lambda wish: self._take(app, wish))

    def _take(self, app: Safelight, wish: Wish | None) -> None:
        if wish is None:
            return
        if wish.deed == "follow":
            app.bridge.batch.follow(wish.batch)
        elif wish.deed == "retry":
            app.bridge.retry(wish.batch)
        else:
            app.bridge.jobs.asked(wish.batch, lambda asked, error: self._again(app, asked, error))

    def _again(self, app: Safelight, asked: Asked | None, error: str) -> None:
        if asked is None:
            app.tell(NoticeGiven(error, alarm=True))
        else:
            offer(app, asked.stack, asked.options, asked.options.output)
