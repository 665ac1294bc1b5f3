"""The command `value_up`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import nudge

if TYPE_CHECKING:
    from tui.app import Safelight


class ValueUp(Command):
    """Raise the parameter by a step."""

    title = "Value up"
    keys = ("right_square_bracket", "stack:right", "stack:l")
    rank = 12

    def run(self, app: Safelight) -> None:
        """One step up."""
        nudge(app, 1)
