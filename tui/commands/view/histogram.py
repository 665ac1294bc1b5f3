"""The command `histogram`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class Histogram(Command):
    """Show under the picture how often each tone occurs, and how much of it is all black or all white; or hide it."""

    title = "Histogram"
    keys = ("i",)
    rank = 55

    def run(self, app: Safelight) -> None:
        """Four rows come, or go."""
        app.main.toggle_class("-tones")
