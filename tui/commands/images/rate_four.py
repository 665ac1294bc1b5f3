"""The command `rate_four`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight


class RateFour(Command):
    """Rate the marked images, or this one, with four stars."""

    title = "Four stars"
    keys = ("images:4",)
    rank = 64
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        rate(app, 4)
