"""The command `mark_range`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class MarkRange(Command):
    """Mark all images from the one that was marked last to this one."""

    title = "Mark up to here"
    keys = ("images:v",)
    rank = 23

    def run(self, app: Safelight) -> None:
        """Only what is to be seen is marked."""
        app.main.images.mark_range()
