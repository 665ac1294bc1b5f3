"""The command `find_images`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class FindImages(Command):
    """Type letters of a name, a pattern such as *.jpg, or *3 for three stars and more; enter keeps it, esc ends it."""

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
