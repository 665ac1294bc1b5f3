"""The command `pan_down`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PanDown(Command):
    """Where the image is zoomed, show what lies below it."""

    title = "Look further down"
    keys = (
        "images:shift+down",
        "ctrl+down",
    )
    rank = 44

    def run(self, app: Safelight) -> None:
        """By a quarter of what is shown."""
        app.bridge.preview.pan(0, app.main.picture.size.height / 4)
