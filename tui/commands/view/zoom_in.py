"""The command `zoom_in`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class ZoomIn(Command):
    """Go nearer to the middle of what is shown."""

    title = "Zoom in"
    keys = ("plus",)
    rank = 42

    def run(self, app: Safelight) -> None:
        """One step."""
        app.bridge.preview.zoom(1)
