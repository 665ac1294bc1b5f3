"""The command `compare`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class Compare(Command):
    """Show the image as it is, and on the next press with the stack again."""

    title = "Before or after"
    keys = ("b",)
    hint = "before"
    rank = 40

    def run(self, app: Safelight) -> None:
        """Look without the stack, or with it again; the stack itself stays."""
        app.bridge.preview.compare(not app.bridge.preview.before)
