"""The command `mark_image`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class MarkImage(Command):
    """Mark the image, or take its mark away, and go to the next."""

    title = "Mark or unmark"
    keys = ("images:space", "m")
    hint = "mark"
    rank = 20

    def run(self, app: Safelight) -> None:
        """Turn the mark over, then step on."""
        images = app.main.images
        if images.count:
            images.toggle(images.cursor)
            images.move_to(images.cursor + 1)

    def offered(self, app: Safelight) -> bool:
        """Among the images."""
        return app.main.pane == "images"
