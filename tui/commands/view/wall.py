"""The command `wall`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class Wall(Command):
    """Show the images as thumbnails instead of the list, or the list again."""

    title = "Thumbnails"
    keys = ("w",)
    rank = 54
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """The cursor stays on its image."""
        app.main.toggle_wall()
