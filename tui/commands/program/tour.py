"""The command `tour`. It holds no state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight

STEPS = (
    (
        "The images",
        (
            "Images are in the list, and the one under the cursor is shown. {next_image} and {previous_image} go to "
            "another, {mark_image} marks it, {find_images} finds one by its name."
        ),
    ),
    (
        "The stack",
        (
            "Filters make the picture: together they are the stack. {add_filter} adds one, {next_pane} goes there, "
            "{value_up} and {value_down} change a value, {compare} shows the image without them."
        ),
    ),
    (
        "The results",
        (
            "Results are new files, and originals stay as they are: {apply_stack} applies the stack to the marked "
            "images. At the lower edge you see each thread at work."
        ),
    ),
    (
        "All else",
        (
            "Everything is found by its name with {open_palette}. {show_help} shows every key, and {settings} what "
            "can be set. The mouse works everywhere."
        ),
    ),
)
"""Titles and sentences; a command's name stands for its key."""
NAMED = re.compile(r"\{(\w+)\}")


class Tour(Command):
    """Show in a few steps what is where, as at the first start."""

    title = "Tour"
    keys = ("f2",)
    rank = 91

    def run(self, app: Safelight) -> None:
        """Open the first step."""
        from tui.screens.tour import TourScreen, TourStep

        pane = app.main.pane
        steps = tuple(TourStep(title, tuple(_pieces(sentence, pane))) for title, sentence in STEPS)
        app.push_screen(TourScreen(steps))


def _pieces(sentence: str, pane: str) -> Iterator[tuple[str, bool]]:
    """The sentence in pieces, with the keys as they are bound and whether each is one."""
    from tui.commands import commands
    from tui.commands.keys import first_key

    for number, piece in enumerate(NAMED.split(sentence)):
        command = commands()[piece] if number % 2 else None
        yield (piece if command is None else first_key(command, pane) or f"({command.title})"), command is not None
