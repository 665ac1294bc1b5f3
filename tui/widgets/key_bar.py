"""The lowest line: the keys that matter here, or a notice until the next key. It knows no command."""

from dataclasses import dataclass
from operator import attrgetter

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.messages import RunCommand
from tui.theme import inks
from tui.widgets.line import Line


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, what it does in a word, and the command behind it."""

    key: str
    label: str
    command: str
    always: bool = False
    """Kept at the right edge where there is no room for all."""

    @property
    def width(self) -> int:
        """Columns, with the space around."""
        return len(self.key) + len(self.label) + 3


class KeyBar(Widget):
    """Hints side by side, as many as there is room for; each is a button too."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.hints: tuple[Hint, ...] = ()
        self.notice = ""
        self._alarm = False

    def show(self, hints: tuple[Hint, ...]) -> None:
        """Offer other keys."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def say(self, text: str, alarm: bool = False) -> None:
        """Show a notice in place of the keys; an empty one brings them back."""
        if text != self.notice:
            self.notice, self._alarm = text, alarm
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The notice or the hints."""
        ink, width, line = inks(self.app.theme), self.size.width, Line()
        if self.notice:
            line.add(" " + self.notice, ink.alarm if self._alarm else ink.lamp)
            return line.strip(width, ink.raised)
        for hint, _, _ in self._spans():
            line.add(f" {hint.key}", ink.key).add(f" {hint.label} ", ink.muted)
        return line.strip(width, ink.raised)

    def on_click(self, event: events.Click) -> None:
        """Do what the hint under the mouse says."""
        event.stop()
        for hint, start, end in self._spans():
            if start <= event.x < end and not self.notice:
                self.post_message(RunCommand(hint.command))

    def _spans(self) -> list[tuple[Hint, int, int]]:
        """The hints that there is room for, with the columns they take; those that are always there come last."""
        room = self.size.width - sum(hint.width for hint in self.hints if hint.always)
        spans, start = [], 0
        for hint in sorted(self.hints, key=attrgetter("always")):
            if hint.always or start + hint.width <= room:
                spans.append((hint, start, start + hint.width))
                start += hint.width
        return spans
