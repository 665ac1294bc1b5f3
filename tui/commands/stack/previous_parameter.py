"""The command `previous_parameter`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PreviousParameter(Command):
    """Go to the previous row of the stack."""

    title = "Previous parameter"
    keys = ("stack:up", "stack:k")
    rank = 11

    def run(self, app: Safelight) -> None:
        """Move the cursor one row up."""
        app.main.stack.move_to(app.main.stack.cursor - 1)
