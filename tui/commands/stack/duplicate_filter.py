"""The command `duplicate_filter`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class DuplicateFilter(Command):
    """Apply the filter under the cursor twice: a second one like it, behind it."""

    title = "Duplicate the filter"
    keys = ("stack:D",)
    rank = 28

    def run(self, app: Safelight) -> None:
        """Put its like behind it, and the cursor there."""
        place, stack = app.main.stack.place, app.bridge.stack
        if place is not None and stack is not None:
            app.bridge.change(stack.add(stack.steps[place.step], place.step + 1), place.step + 1)
