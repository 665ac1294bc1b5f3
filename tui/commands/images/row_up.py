"""The command `row_up`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class RowUp(Command):
    """Go one row up, in the list or among thumbnails."""

    title = "One row up"
    keys = (
        "images:up",
        "images:k",
    )
    rank = 17

    def run(self, app: Safelight) -> None:
        """By as many images as are beside each other."""
        app.main.images.move_to(app.main.images.cursor - app.main.across)
