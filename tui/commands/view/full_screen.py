"""The command `full_screen`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class FullScreen(Command):
    """Give the picture the whole screen but for the lowest line, and take it back."""

    title = "Full screen"
    keys = ("F",)
    rank = 60

    def run(self, app: Safelight) -> None:
        """The panes go, or come back."""
        app.main.toggle_class("-full")
