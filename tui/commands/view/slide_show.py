"""The command `slide_show`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class SlideShow(Command):
    """Show one image after another on the whole screen, from this one to the last; any key ends it."""

    title = "Slide show"
    keys = ("V",)
    rank = 49

    def run(self, app: Safelight) -> None:
        """Begin it."""
        app.main.slides.begin()
