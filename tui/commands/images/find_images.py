"""The command `find_images`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class FindImages(Command):
    """Type letters of a name: the list keeps those that have them, in order; enter keeps it so, esc shows all."""

    title = "Find by name"
    keys = ("slash",)
    hint = "find"
    rank = 41

    def run(self, app: Safelight) -> None:
        """The letters that follow are the list's."""
        app.main.enter("images")
        app.main.images.find()

    def offered(self, app: Safelight) -> bool:
        """Only beside the list."""
        return app.main.pane == "images"
