"""The command `move_filter_up`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import move_filter

if TYPE_CHECKING:
    from tui.app import Safelight


class MoveFilterUp(Command):
    """Apply the filter earlier: before the one above it."""

    title = "Move the filter up"
    keys = ("stack:K", "stack:shift+up")
    rank = 26

    def run(self, app: Safelight) -> None:
        """Exchange it with the one above."""
        move_filter(app, -1)
