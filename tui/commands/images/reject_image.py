"""The command `reject_image`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import rate

if TYPE_CHECKING:
    from tui.app import Safelight

REJECTED = -1
"""The rating of XMP for that."""


class RejectImage(Command):
    """Reject the marked images, or this one; again: not rated any more."""

    title = "Reject"
    keys = ("images:x",)
    rank = 66
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """In the background."""
        current = app.main.images.current_facts
        rate(app, 0 if current is not None and current.rating == REJECTED else REJECTED)
