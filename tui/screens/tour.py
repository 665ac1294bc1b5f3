"""A few words on what is where, one step after another, in a box over the app. It holds no text of its own."""

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.dialog import Dialog
from tui.theme import inks

LEAVING = ("escape", "ctrl+c")


class TourStep:
    """One step: a title, and pieces of text of which some are keys."""

    def __init__(self, title: str, pieces: tuple[tuple[str, bool], ...]) -> None:
        """Each piece with whether it is a key."""
        self.title, self.pieces = title, pieces

    def text(self, plain: Style, key: Style) -> Text:
        """The pieces, the keys in a style of their own."""
        return Text.assemble(*((text, key if is_key else plain) for text, is_key in self.pieces))


class TourScreen(Dialog[None]):
    """Any key, or the mouse, goes on; Escape ends it."""

    DEFAULT_CSS = """
    TourScreen { align: center bottom; }
    TourScreen > #box { width: 50; margin-bottom: 2; }
    TourScreen #words { padding: 1 0; }
    TourScreen.-low #words { padding: 0; }
    """

    def __init__(self, steps: tuple[TourStep, ...]) -> None:
        super().__init__()
        self._steps, self._step = steps, 0
        self._words = Static("", id="words", markup=False)
        self._box = Vertical(self._words, id="box")

    def compose(self) -> ComposeResult:
        """The box."""
        yield self._box

    def on_mount(self) -> None:
        """The first step."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Go on, or end it."""
        event.stop()
        if event.key in LEAVING:
            self.dismiss(None)
        else:
            self._go_on()

    def on_click(self, event: events.Click) -> None:
        """Go on."""
        event.stop()
        self._go_on()

    def _go_on(self) -> None:
        self._step += 1
        if self._step < len(self._steps):
            self._show()
        else:
            self.dismiss(None)

    def _show(self) -> None:
        step, ink, count = self._steps[self._step], inks(self.app.theme), len(self._steps)
        self._box.border_title = step.title
        last = self._step == count - 1
        self._box.border_subtitle = f"{self._step + 1} of {count}   any key {'ends' if last else 'goes on'}   esc ends"
        self._words.update(step.text(ink.text, ink.key))
