"""The command `reset_value`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import on_a_parameter

if TYPE_CHECKING:
    from tui.app import Safelight


class ResetValue(Command):
    """Give the parameter its default again."""

    title = "Reset the parameter"
    keys = ("stack:r", "stack:0")
    hint = "reset"
    rank = 24

    def run(self, app: Safelight) -> None:
        """Set it to what the filter declares."""
        place, held = app.main.stack.place, app.main.stack.setting
        if place is not None and held is not None:
            app.bridge.set_value(place.step, held[0].name, held[0].default)

    def offered(self, app: Safelight) -> bool:
        """Only when it would do something."""
        return on_a_parameter(app)
