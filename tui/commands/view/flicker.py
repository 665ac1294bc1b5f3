"""The command `flicker`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight

THIN = "Before and after in turns take more than this thin line carries: {key} shows one, then the other."


class FlickerBefore(Command):
    """Show the image as it is and with the stack in turns, as fast as the line carries it; any key ends it."""

    title = "Before and after in turns"
    keys = ("tilde",)
    rank = 44
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Begin it; both pictures are kept, so that only the first turn is work."""
        preview, flicker, stack = app.bridge.preview, app.main.flicker, app.bridge.stack
        if stack is None or not any(step.on for step in stack.steps):
            app.tell(NoticeGiven("There is no filter: before and after are the same."))
            return

        def turn() -> None:
            if app.sight.link.profile().name == "thin":
                flicker.end()
                app.tell(NoticeGiven(THIN, command="compare"))
            elif preview.settled and app.sight.quiet:
                preview.compare(not preview.before)

        flicker.begin(turn, lambda: preview.compare(False))
