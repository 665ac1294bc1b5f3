"""The command `rate_none`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight


class RateNone(Command):
    """Take the rating of the marked images, or of this one, away."""

    title = "No rating"
    keys = ("images:0",)
    rank = 60
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        rate(app, 0)
