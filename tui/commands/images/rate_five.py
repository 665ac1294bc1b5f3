"""The command `rate_five`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight


class RateFive(Command):
    """Rate the marked images, or this one, with five stars: the best."""

    title = "Five stars"
    keys = ("images:5",)
    rank = 65
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        rate(app, 5)
