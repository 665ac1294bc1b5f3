"""The command `open_folder`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class OpenFolder(Command):
    """Go to another folder, by a tree of them or by a few letters of its name."""

    title = "Open a folder"
    keys = ("images:L",)
    rank = 18

    def run(self, app: Safelight) -> None:
        """Ask which one."""
        from tui.screens.choose_folder import ChooseFolderScreen

        here = app.folder

        folders = app.bridge.folders

        def go(path: str | None) -> None:
            folders.count((), lambda _: None)
            if path is not None:
                app.open_folder(path)

        if here:
            app.push_screen(ChooseFolderScreen(here, folders.open, folders.count), go)
        else:
            app.tell(NoticeGiven("The app was opened on files, not on a folder."))
