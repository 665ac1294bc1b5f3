"""The command `next_parameter`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class NextParameter(Command):
    """Go to the next row of the stack."""

    title = "Next parameter"
    keys = ("stack:down", "stack:j")
    rank = 10

    def run(self, app: Safelight) -> None:
        """Move the cursor one row down."""
        app.main.stack.move_to(app.main.stack.cursor + 1)
