"""A dialog's keys in one line, each a button too. It means nothing by them."""

from collections.abc import Callable

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.theme import inks
from tui.widgets.line import Line, cells

Hint = tuple[str, str, str]
"""What is pressed, nothing where a click cannot say it; the key as it is shown; what it does."""
GAP = 3


class Hints(Widget):
    """As many as there is room for, from the left."""

    DEFAULT_CSS = "Hints { height: 1; }"

    def __init__(self, hints: tuple[Hint, ...], press: Callable[[str], object]) -> None:
        """`press` is given the key of a hint that is clicked."""
        super().__init__()
        self._hints, self._press = hints, press

    def offer(self, hints: tuple[Hint, ...]) -> None:
        """Other ones."""
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Keys and words."""
        ink, line = inks(self.app.theme), Line()
        for _, shown, word in self._hints:
            line.add(shown, ink.key).add(f" {word}{' ' * GAP}", ink.muted)
        return line.strip(self.size.width, ink.raised)

    def on_click(self, event: events.Click) -> None:
        """As if the key had been pressed."""
        event.stop()
        start = 0
        for key, shown, word in self._hints:
            end = start + cells(shown) + 1 + cells(word)
            if start <= event.x < end and key:
                self._press(key)
            start = end + GAP
