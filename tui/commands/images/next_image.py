"""The command `next_image`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class NextImage(Command):
    """Go to the next image."""

    title = "Next image"
    keys = ("n", "images:right", "images:l")
    rank = 10

    def run(self, app: Safelight) -> None:
        """Move the cursor one image on."""
        app.main.images.move_to(app.main.images.cursor + 1)
