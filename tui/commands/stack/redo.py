"""The command `redo`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class Redo(Command):
    """Do again what was undone last."""

    title = "Redo"
    keys = ("ctrl+r",)
    rank = 22
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Take the stack that was."""
        if not app.bridge.redo():
            app.tell(NoticeGiven("Nothing was undone."))
