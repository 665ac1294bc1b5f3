"""The command `apply_stack`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.batch import offer
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class ApplyStack(Command):
    """Apply the stack to the marked images, or to this one where none is marked."""

    title = "Apply the stack"
    keys = ("a",)
    hint = "apply"
    rank = 45
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask where to and how, then start a batch."""
        if app.bridge.stack is None:
            app.tell(NoticeGiven("The engine is still loading; try again in a moment."))
            return
        offer(app, app.bridge.stack, app.last_options)
