"""The command `mark_all`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class MarkAll(Command):
    """Mark every image of the list: of those found by letters, pattern or rating, where they are shown alone."""

    title = "Mark all"
    keys = ("M",)
    rank = 21

    def run(self, app: Safelight) -> None:
        """Mark from the first to the last."""
        app.main.images.mark(range(app.main.images.count), True)
