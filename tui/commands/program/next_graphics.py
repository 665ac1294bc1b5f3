"""The command `next_graphics`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class NextGraphics(Command):
    """Draw pictures by another protocol, or as the terminal answers."""

    title = "Draw pictures another way"
    keys = ("W",)
    rank = 70

    def run(self, app: Safelight) -> None:
        """Go round."""
        from tui.settings.declared import setting

        app.settings.put("graphics", app.sight.next_protocol())
        setting("graphics").apply(app)
        choice = app.sight.choice
        app.tell(NoticeGiven(f"Pictures by {choice.protocol}: {choice.reason}."))
