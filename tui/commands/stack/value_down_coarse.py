"""The command `value_down_coarse`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import nudge

if TYPE_CHECKING:
    from tui.app import Safelight


class ValueDownCoarse(Command):
    """Lower the parameter by ten steps."""

    title = "Value down, coarse"
    keys = ("left_curly_bracket", "stack:shift+left", "stack:H")
    rank = 15

    def run(self, app: Safelight) -> None:
        """Ten steps down."""
        nudge(app, -10)
