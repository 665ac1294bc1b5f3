"""The command `zoom_out`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class ZoomOut(Command):
    """Go further away, until all of the image is shown."""

    title = "Zoom out"
    keys = ("minus",)
    rank = 43

    def run(self, app: Safelight) -> None:
        """One step."""
        app.bridge.preview.zoom(-1)
