"""The command `move_filter_down`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import move_filter

if TYPE_CHECKING:
    from tui.app import Safelight


class MoveFilterDown(Command):
    """Apply the filter later: after the one below it."""

    title = "Move the filter down"
    keys = ("stack:J", "stack:shift+down")
    rank = 27

    def run(self, app: Safelight) -> None:
        """Exchange it with the one below."""
        move_filter(app, 1)
