"""The command `row_down`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class RowDown(Command):
    """Go one row down, in the list or among thumbnails."""

    title = "One row down"
    keys = (
        "images:down",
        "images:j",
    )
    rank = 16

    def run(self, app: Safelight) -> None:
        """By as many images as are beside each other."""
        app.main.images.move_to(app.main.images.cursor + app.main.across)
