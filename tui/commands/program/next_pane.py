"""The command `next_pane`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class NextPane(Command):
    """Give the keys to the next pane."""

    title = "Next pane"
    keys = ("tab", "images:enter", "stack:escape")
    hint = "pane"
    rank = 5

    def run(self, app: Safelight) -> None:
        """Go round: images, stack."""
        app.main.enter("stack" if app.main.pane == "images" else "images")
