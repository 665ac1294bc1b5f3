"""The command `copy_images`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import ask_folder

if TYPE_CHECKING:
    from tui.app import Safelight


class CopyImages(Command):
    """Copy the marked images, or this one, into another folder, with their edits and ratings."""

    title = "Copy to a folder"
    keys = ("images:o",)
    rank = 70
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask where to."""
        ask_folder(app, "copied", "Copy")
