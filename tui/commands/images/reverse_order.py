"""The command `reverse_order`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import is_read, tell_order

if TYPE_CHECKING:
    from tui.app import Safelight


class ReverseOrder(Command):
    """Put the images in the same order the other way round: the newest, the smallest or the worst first."""

    title = "Sort the other way round"
    keys = ("less_than_sign",)
    rank = 43

    def run(self, app: Safelight) -> None:
        """What it goes by is known, or on its way."""
        if is_read(app):
            app.main.images.reverse()
            tell_order(app)
