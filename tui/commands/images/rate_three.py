"""The command `rate_three`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight


class RateThree(Command):
    """Rate the marked images, or this one, with three stars."""

    title = "Three stars"
    keys = ("images:3",)
    rank = 63
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        rate(app, 3)
