"""The command `mark_none`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class MarkNone(Command):
    """Take every mark away."""

    title = "Mark none"
    keys = ("U",)
    rank = 22

    def run(self, app: Safelight) -> None:
        """Clear them from the first to the last."""
        app.main.images.unmark()
