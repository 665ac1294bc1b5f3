"""The command `monitor`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class Monitor(Command):
    """Show a batch at work on the whole screen: every thread with its last minute, cores, memory, files, speed."""

    title = "Monitor"
    keys = ("percent_sign",)
    rank = 91

    def run(self, app: Safelight) -> None:
        """Open the screen, which follows what the app is told."""
        from tui.commands import commands
        from tui.commands.keys import first_key
        from tui.screens.monitor import MonitorScreen

        key = first_key(commands()["apply_stack"], "") or "the palette"
        app.push_screen(MonitorScreen(app.main.engine, key, lambda: app.sight.link.profile().name != "local"))
