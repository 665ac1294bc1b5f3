"""The command `move_images`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import ask_folder, is_here

if TYPE_CHECKING:
    from tui.app import Safelight


class MoveImages(Command):
    """Move the marked images, or this one, into another folder, with their edits and ratings."""

    title = "Move to a folder"
    keys = ("images:r",)
    rank = 71
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask where to."""
        if is_here(app, "move"):
            ask_folder(app, "moved", "Move")
