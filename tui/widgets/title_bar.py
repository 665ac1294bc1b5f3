"""The highest line: the program, the folder, how many images. Nothing to press."""

import os
from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from engine.confinement import read_only
from engine.files.name import show
from engine.files.remote.url import absolute
from tui.theme import inks
from tui.widgets.line import Line


class TitleBar(Widget):
    """One line with a place on the left and a count on the right."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.place = ""
        self.total = ""
        self.link = ""

    def show(self, place: str, total: str) -> None:
        """Name the place, already harmless for a terminal, and the count."""
        if (place, total) != (self.place, self.total):
            self.place, self.total = place, total
            self.refresh()

    def measure(self, link: str) -> None:
        """Tell of the line to the terminal; nothing where there is nothing to tell."""
        if link != self.link:
            self.link = link
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        ink = inks(self.app.theme)
        line = Line().add(" ◉ ", ink.alarm).add("safelight", ink.title).add(f"  {self.place}", ink.muted)
        return (
            line.right(f"{self.link}   " if self.link else "", ink.faint)
            .right(self.total + " ", ink.muted)
            .strip(self.size.width, ink.raised)
        )


def place(paths: Sequence[str]) -> str:
    """What the title names: the folder, or the first path and how many more, and whether one may only look."""
    whole = absolute(paths[0])
    home = os.path.expanduser("~")
    if whole == home or whole.startswith(home + os.sep):
        whole = "~" + whole[len(home) :]
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return show(whole) + more + (", read-only" if read_only() else "")
