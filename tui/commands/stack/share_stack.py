"""The command `share_stack`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight

FOR_ALL = "This stack is for every image that you look at now; {} gives each its own again."
OWN = "Each image has its own stack again, as it was left."


class ShareStack(Command):
    """Look at every image with this one stack, or with the edits of its own again."""

    title = "One stack for all"
    keys = ("O",)
    rank = 36
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Nothing is written by that."""
        from tui.commands.keys import first_key

        app.bridge.share(not app.bridge.shared)
        app.tell(NoticeGiven(FOR_ALL.format(first_key(self, "")) if app.bridge.shared else OWN))
