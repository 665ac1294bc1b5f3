"""The command `zoom_pixels`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class ZoomPixels(Command):
    """Show a pixel of the image by each of the screen, or all of the image again."""

    title = "Own pixels or all"
    keys = ("z",)
    rank = 41

    def run(self, app: Safelight) -> None:
        """Around the middle of what is shown."""
        app.bridge.preview.zoom(0)
