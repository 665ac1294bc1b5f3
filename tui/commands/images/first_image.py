"""The command `first_image`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class FirstImage(Command):
    """Go to the first image."""

    title = "First image"
    keys = ("home", "g")
    rank = 14

    def run(self, app: Safelight) -> None:
        """Move the cursor to the top."""
        app.main.images.move_to(0)
