"""The command `contact_sheet`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.batch import show_sheet, usual
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class ContactSheet(Command):
    """Try twelve of the marked images with the stack, and say what time, room and memory all of them would take."""

    title = "Contact sheet"
    keys = ("Q",)
    rank = 46
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """With what was chosen last in the dialog that applies the stack; from here it can be started."""
        stack, paths = app.bridge.stack, tuple(entry.path for entry in app.main.images.chosen_entries())
        if stack is None or not paths:
            app.tell(NoticeGiven("There is no image to apply the stack to."))
            return
        options = usual(app, paths)

        def start(go: bool | None) -> None:
            if go:
                app.bridge.submit(paths, options, stack)

        show_sheet(app, paths, options, stack, start)
