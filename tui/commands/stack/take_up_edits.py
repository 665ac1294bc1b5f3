"""The command `take_up_edits`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from engine.stack import Stack
    from tui.app import Safelight


class TakeUpEdits(Command):
    """Put the stack that was left when Safelight was cut off at the end of this one."""

    title = "Take up the edits of last time"
    keys = ("R",)
    hint = "last edits"
    rank = 19
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Read it in the background."""
        app.bridge.keeping.take(lambda left: self._put(app, left))

    def _put(self, app: Safelight, left: Stack) -> None:
        from engine.stack import Stack

        stack = app.bridge.stack
        if stack is not None:
            app.main.enter("stack")
            app.bridge.change(Stack((*stack.steps, *left.steps)), len(stack.steps))

    def offered(self, app: Safelight) -> bool:
        """Only when there is one."""
        return app.has_started and app.bridge.keeping.left
