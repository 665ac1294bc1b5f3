"""The command `value_up_coarse`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import nudge

if TYPE_CHECKING:
    from tui.app import Safelight


class ValueUpCoarse(Command):
    """Raise the parameter by ten steps."""

    title = "Value up, coarse"
    keys = ("right_curly_bracket", "stack:shift+right", "stack:L")
    rank = 14

    def run(self, app: Safelight) -> None:
        """Ten steps up."""
        nudge(app, 10)
