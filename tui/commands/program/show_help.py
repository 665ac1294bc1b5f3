"""The command `show_help`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command, commands
from tui.commands.keys import shown_keys
from tui.values import HelpRow

if TYPE_CHECKING:
    from tui.app import Safelight


class ShowHelp(Command):
    """Show every key and what it does."""

    title = "Help"
    keys = ("question_mark", "f1")
    hint = "help"
    rank = 90

    def run(self, app: Safelight) -> None:
        """Open the page, made from the commands themselves."""
        from tui.screens.help import HelpScreen
        from tui.screens.own_keys import help_rows

        rows = tuple(HelpRow(each.group, shown_keys(each), each.title, each.help) for each in commands().values())
        app.push_screen(HelpScreen(rows + help_rows()))
