"""The command `remove_filter`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import on_a_filter

if TYPE_CHECKING:
    from tui.app import Safelight


class RemoveFilter(Command):
    """Take the filter under the cursor out of the stack."""

    title = "Remove the filter"
    keys = ("stack:x", "stack:delete", "stack:backspace")
    hint = "remove"
    rank = 25

    def run(self, app: Safelight) -> None:
        """Go on with a stack that lacks it."""
        place, stack = app.main.stack.place, app.bridge.stack
        if place is not None and stack is not None:
            app.bridge.change(stack.remove(place.step))

    def offered(self, app: Safelight) -> bool:
        """Only when it would do something."""
        return on_a_filter(app)
