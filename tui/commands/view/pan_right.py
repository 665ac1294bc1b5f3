"""The command `pan_right`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PanRight(Command):
    """Where the image is zoomed, show what lies to its right."""

    title = "Look further right"
    keys = (
        "images:shift+right",
        "ctrl+right",
    )
    rank = 44

    def run(self, app: Safelight) -> None:
        """By a quarter of what is shown."""
        app.bridge.preview.pan(app.main.picture.size.width / 4, 0)
