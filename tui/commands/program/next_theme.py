"""The command `next_theme`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class NextTheme(Command):
    """Draw the app dark, light, or in high contrast."""

    title = "Draw the app in other colours"
    keys = ("T",)
    rank = 65

    def run(self, app: Safelight) -> None:
        """Go round, and say how to keep it."""
        from tui.settings.declared import setting
        from tui.theme import next_theme

        app.settings.put("theme", next_theme(app.theme))
        setting("theme").apply(app)
        app.tell(NoticeGiven(f"Colours: {app.theme}, until you leave; {{key}} keeps them.", command="settings"))
