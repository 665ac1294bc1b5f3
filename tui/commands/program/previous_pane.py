"""The command `previous_pane`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PreviousPane(Command):
    """Give the keys to the previous pane."""

    title = "Previous pane"
    keys = ("shift+tab",)
    rank = 6

    def run(self, app: Safelight) -> None:
        """Go round the other way."""
        app.main.enter("stack" if app.main.pane == "images" else "images")
