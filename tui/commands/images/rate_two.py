"""The command `rate_two`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight


class RateTwo(Command):
    """Rate the marked images, or this one, with two stars."""

    title = "Two stars"
    keys = ("images:2",)
    rank = 62
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        rate(app, 2)
