"""The command `copy_as_line`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight

LEAD = "This does the same from a shell; if your terminal allows, it is on its clipboard:"


class CopyAsLine(Command):
    """Show the stack as the command line that does the same to the same images, and copy it."""

    title = "Copy as a command line"
    keys = ("y",)
    rank = 34
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """The marked images, or this one."""
        from tui.commands import commands
        from tui.commands.keys import first_key
        from tui.screens.shell_line import ShellLineScreen

        stack = app.bridge.stack
        filters = [] if stack is None else stack.specifications()
        if not filters:
            key = first_key(commands()["add_filter"], "")
            app.tell(NoticeGiven(f"There is no filter to write down: {key} adds one."))
            return
        paths = [entry.path for entry in app.main.images.chosen_entries()]
        words = ["safelight", "apply", *paths, *(word for each in filters for word in ("-f", each)), "-o", "developed"]
        remark = "The results go to the folder developed, below the one that you type it in."
        app.push_screen(ShellLineScreen("As a command line", LEAD, (tuple(words),), remark))
