"""The command `beside`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


MOST = 3
"""Images beside it: more would be stamps."""


class Beside(Command):
    """Show the image beside up to three that are marked or of its group, or itself as you go on; again: alone."""

    title = "Side by side"
    keys = ("C",)
    rank = 46

    def run(self, app: Safelight) -> None:
        """Zoom and part are the same for all."""
        preview, images = app.bridge.preview, app.main.images
        if images.count < 2:
            app.tell(NoticeGiven("There is no other image to look at beside this one."))
            return
        chosen = images.chosen_entries() if images.marked else images.alike()
        others = [entry.path for entry in chosen if entry is not images.current]
        if not others and images.current is not None:
            # Beside itself there is nothing to see: the next comes, and this one stays.
            others = [images.current.path]
            images.move_to(images.cursor + 1 if images.cursor + 1 < images.count else images.cursor - 1)
        preview.take_aim(preview.aim._replace(beside=() if preview.aim.beside else tuple(others[:MOST])))
