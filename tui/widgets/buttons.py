"""What can be done here, in a line of keys and words, each of which can be clicked. It does nothing itself."""

from collections.abc import Callable, Iterable

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.theme import inks
from tui.widgets.line import Line, cells


class Buttons(Widget):
    """As many as there is room for, from the left."""

    DEFAULT_CSS = """
    Buttons { height: 1; }
    """

    def __init__(self, press: Callable[[str], object], *, id: str | None = None) -> None:
        """`press` is given what the one means that was clicked."""
        super().__init__(id=id)
        self._press = press
        self._offered: tuple[tuple[str, str, str], ...] = ()

    def show(self, offered: Iterable[tuple[str, str, str]]) -> None:
        """What it means, the key as it is written, and a word for it."""
        offered = tuple(offered)
        if offered != self._offered:
            self._offered = offered
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """All in a row."""
        ink, line = inks(self.app.theme), Line()
        for _, shown, label in self._seen():
            line.add(shown, ink.key).add(f" {label}   ", ink.muted)
        return line.strip(self.size.width, ink.raised)

    def on_click(self, event: events.Click) -> None:
        """Press the one that is there."""
        event.stop()
        left = 0
        for key, shown, label in self._seen():
            right = left + _width(shown, label)
            if left <= event.x < right - 2:
                self._press(key)
            left = right

    def _seen(self) -> list[tuple[str, str, str]]:
        room, seen = self.size.width, []
        for key, shown, label in self._offered:
            room -= _width(shown, label)
            if room >= -3:
                seen.append((key, shown, label))
        return seen


def _width(shown: str, label: str) -> int:
    return cells(shown) + cells(label) + 4
