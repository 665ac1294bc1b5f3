"""The command `show_batch`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class ShowBatch(Command):
    """Choose a batch, of this app, another or the command line, and follow it."""

    title = "Show another batch"
    keys = ("B",)
    rank = 33
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask which one."""
        from tui.screens.choose_batch import ChooseBatchScreen

        app.push_screen(ChooseBatchScreen(find=app.bridge.list_batches), lambda name: self._follow(app, name))

    def _follow(self, app: Safelight, name: str | None) -> None:
        if name:
            app.bridge.batch.follow(name)
