"""The command `value_down`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import nudge

if TYPE_CHECKING:
    from tui.app import Safelight


class ValueDown(Command):
    """Lower the parameter by a step."""

    title = "Value down"
    keys = ("left_square_bracket", "stack:left", "stack:h")
    rank = 13

    def run(self, app: Safelight) -> None:
        """One step down."""
        nudge(app, -1)
