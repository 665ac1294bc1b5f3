"""The command `switch_filter`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import on_a_filter

if TYPE_CHECKING:
    from tui.app import Safelight


class SwitchFilter(Command):
    """Switch the filter under the cursor on or off."""

    title = "Switch the filter on or off"
    keys = ("stack:space", "t")
    hint = "on/off"
    rank = 23

    def run(self, app: Safelight) -> None:
        """Turn its switch over."""
        if app.main.stack.place is not None:
            app.bridge.switch(app.main.stack.place.step)

    def offered(self, app: Safelight) -> bool:
        """Only when it would do something."""
        return on_a_filter(app)
