"""The command `next_page`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class NextPage(Command):
    """Go one page down the list."""

    title = "Next page"
    keys = ("pagedown", "ctrl+f")
    rank = 12

    def run(self, app: Safelight) -> None:
        """Move the cursor by as many rows as are in view."""
        app.main.images.move_to(app.main.images.cursor + app.main.page)
