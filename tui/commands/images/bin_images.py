"""The command `bin_images`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import is_here
from tui.widgets.figures import count

if TYPE_CHECKING:
    from tui.app import Safelight


class BinImages(Command):
    """Put the marked images, or this one, into the bin, with their edits and ratings."""

    title = "Put into the bin"
    keys = (
        "images:delete",
        "images:backspace",
    )
    rank = 72
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask first, where it is more than one."""
        from tui.screens.question import Answer, QuestionScreen

        if not is_here(app, "bin"):
            return
        images = app.main.images.chosen_images()

        def do(yes: bool | None) -> None:
            if yes:
                app.bridge.shelving.carry(images, "binned")

        if len(images) < 2:
            do(bool(images))
            return
        answers: tuple[Answer[bool], ...] = (Answer("n", "No", None), Answer("y", "Yes, all of them", True))
        question = f"Put {count(len(images), 'image')} into the bin?"
        app.push_screen(QuestionScreen(question, "They can be had back from there.", answers), do)
