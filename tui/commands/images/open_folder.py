"""The command `open_folder`. It holds no state."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class OpenFolder(Command):
    """Go to a folder within this one, or to the one around it."""

    title = "Open a folder"
    keys = ("images:L",)
    rank = 18

    def run(self, app: Safelight) -> None:
        """Ask which one."""
        from tui.screens.choose_folder import ChooseFolderScreen

        here = app.folder

        def go(name: str | None) -> None:
            if name is not None:
                app.open_folder(os.path.normpath(os.path.join(here, name)))

        if here:
            app.push_screen(ChooseFolderScreen(find=lambda then: app.bridge.list_folders(here, then)), go)
        else:
            app.tell(NoticeGiven("The app was opened on files, not on a folder."))
