"""The command `previous_image`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PreviousImage(Command):
    """Go to the previous image."""

    title = "Previous image"
    keys = ("N", "images:left", "images:h")
    rank = 11

    def run(self, app: Safelight) -> None:
        """Move the cursor one image back."""
        app.main.images.move_to(app.main.images.cursor - 1)
