"""The command `last_image`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class LastImage(Command):
    """Go to the last image."""

    title = "Last image"
    keys = ("end", "G")
    rank = 15

    def run(self, app: Safelight) -> None:
        """Move the cursor to the end."""
        app.main.images.move_to(app.main.images.count - 1)
