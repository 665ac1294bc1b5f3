"""The command `previous_page`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PreviousPage(Command):
    """Go one page up the list."""

    title = "Previous page"
    keys = ("pageup", "ctrl+u")
    rank = 13

    def run(self, app: Safelight) -> None:
        """Move the cursor back by as many rows as are in view."""
        app.main.images.move_to(app.main.images.cursor - app.main.page)
