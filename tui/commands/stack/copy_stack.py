"""The command `copy_stack`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven
from tui.widgets.figures import count

if TYPE_CHECKING:
    from tui.app import Safelight


class CopyStack(Command):
    """Give this image's stack to the marked images, in place of their own; each can undo it."""

    title = "Copy the stack to the marked images"
    keys = ("Y",)
    rank = 35
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """It is written in the background."""
        stack, images = app.bridge.stack, app.main.images
        current = images.current
        others = tuple(entry.path for entry in images.chosen_entries() if entry is not current)
        if app.bridge.shared:
            app.tell(NoticeGiven("One stack is for all images now: there is nothing to copy."))
        elif not others:
            app.tell(NoticeGiven("Mark the images that should have this stack, then come back to this one."))
        elif stack is not None:
            app.bridge.own.copy(stack, others)
            app.tell(
                NoticeGiven(f"{count(len(others), 'image')} now {'have' if len(others) > 1 else 'has'} this stack.")
            )
