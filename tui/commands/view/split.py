"""The command `split`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class Split(Command):
    """Show the left half of the image as it is and the right half with the stack, or all of it with the stack again."""

    title = "Before and after in halves"
    keys = ("E",)
    rank = 45

    def run(self, app: Safelight) -> None:
        """Side by side where the stack changes its shape."""
        aim = app.bridge.preview.aim
        app.bridge.preview.take_aim(aim._replace(split=not aim.split))
