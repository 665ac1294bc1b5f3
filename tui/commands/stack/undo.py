"""The command `undo`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class Undo(Command):
    """Take back the last change of the stack, and then those before it."""

    title = "Undo"
    keys = ("u",)
    rank = 21
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Take the stack that was."""
        if not app.bridge.undo():
            app.tell(NoticeGiven("Nothing is left to undo."))
