"""The command `next_link`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class NextLink(Command):
    """Send as much as a local, a normal or a thin line takes, or as it is measured."""

    title = "Go by another line"
    keys = ("Z",)
    rank = 71

    def run(self, app: Safelight) -> None:
        """Go round."""
        app.sight.next_profile()
        app.settings.put("link", app.sight.link.chosen or "auto")
        app.survey()
        link = app.sight.link
        app.tell(NoticeGiven(f"A {link.profile().name} line: {link.reason()}."))
