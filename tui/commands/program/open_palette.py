"""The command `open_palette`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class OpenPalette(Command):
    """Find any command by its name."""

    title = "Command palette"
    keys = ("colon", "ctrl+p")
    hint = "all"
    rank = 80

    def run(self, app: Safelight) -> None:
        """Put the palette over the screen."""
        app.action_command_palette()
