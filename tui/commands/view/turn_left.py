"""The command `turn_left`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class TurnLeft(Command):
    """Turn the image a quarter to the left, for looking at only."""

    title = "Turn what is shown to the left"
    keys = ("left_parenthesis",)
    rank = 48

    def run(self, app: Safelight) -> None:
        """Files and results stay as they are."""
        app.bridge.preview.take_aim(app.bridge.preview.aim.turned(3))
