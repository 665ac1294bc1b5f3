"""The command `rate_one`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight


class RateOne(Command):
    """Rate the marked images, or this one, with one star."""

    title = "One star"
    keys = ("images:1",)
    rank = 61
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        rate(app, 1)
