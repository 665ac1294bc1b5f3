"""The command `show_metadata`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class ShowMetadata(Command):
    """Show what the file tells of the image: camera, lens, exposure, place, rights."""

    title = "What the file tells"
    keys = ("I",)
    rank = 56
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Read it in the background."""
        from tui.screens.metadata import MetadataScreen

        current = app.main.images.current
        if current is not None:
            screen = MetadataScreen(current.name)
            app.push_screen(screen)
            app.bridge.describe(current.path, screen.show)
