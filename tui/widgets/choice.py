"""One of a few words, side by side. Holds the choice, means nothing by it."""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.theme import inks
from tui.widgets.line import Line

Word = TypeVar("Word", bound=str)


class Choice(Widget, Generic[Word], can_focus=True):
    """Left and right, or the mouse, choose another word."""

    DEFAULT_CSS = "Choice { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("left,h", "step(-1)", "Previous"),
        ("right,l,space", "step(1)", "Next"),
    ]

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        value: str

    def __init__(self, options: tuple[Word, ...], value: Word, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = options
        self.value = value

    def action_step(self, by: int) -> None:
        """Choose a neighbour, round the ends."""
        self.choose(self.options[(self.options.index(self.value) + by) % len(self.options)])

    def choose(self, value: Word) -> None:
        """Choose a word."""
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(value))

    def on_focus(self) -> None:
        """Show that the keys act here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they no longer do."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The words, the chosen one marked by its ground and by a dot."""
        ink, line = inks(self.app.theme), Line()
        if sum(len(option) + 4 for option in self.options) > self.size.width:
            line.add(f" ‹ {self.value} › ", ink.chosen if self.has_focus else ink.waiting)
            return line.strip(self.size.width, ink.raised)
        for option in self.options:
            if option == self.value:
                line.add(f" ● {option} ", ink.chosen if self.has_focus else ink.waiting)
            else:
                line.add(f"   {option} ", ink.muted)
        return line.strip(self.size.width, ink.raised)

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the mouse."""
        event.stop()
        start = 0
        for option in self.options:
            start += len(option) + 4
            if event.x < start:
                self.choose(option)
                return
