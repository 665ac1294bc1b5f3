"""The command `pan_up`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PanUp(Command):
    """Where the image is zoomed, show what lies above it."""

    title = "Look further up"
    keys = (
        "images:shift+up",
        "ctrl+up",
    )
    rank = 44

    def run(self, app: Safelight) -> None:
        """By a quarter of what is shown."""
        app.bridge.preview.pan(0, -app.main.picture.size.height / 4)
