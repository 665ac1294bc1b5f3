"""The command `wall`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from tui.commands import Command
from tui.values import Thumbs

if TYPE_CHECKING:
    from tui.app import Safelight


class Wall(Command):
    """Show thumbnails beside the names, then on the whole screen, then the plain list again."""

    title = "Thumbnails"
    keys = ("w",)
    rank = 54
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """The cursor stays on its image."""
        where = get_args(Thumbs)
        app.main.show_thumbs(where[(where.index(app.main.thumbs) + 1) % len(where)])
