"""A colour by its lightness, chroma and hue, or by red, green and blue. It changes no stack itself."""

from textual import events
from textual.app import ComposeResult

from tui.editing.colour import ColourDraft
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.editor import KEEP, LEAVE, NEXT, PREVIOUS, RESET, TYPE, UNDO, Editor
from tui.widgets.swatch import Swatch


class ColourEditor(Editor[ColourDraft]):
    """The mouse takes a colour from the picture."""

    ACTIONS = (NEXT._replace(shown="↑↓"), PREVIOUS, TYPE, RESET, UNDO, KEEP, LEAVE)
    ARROWS = "←→", "more, less"

    DEFAULT_CSS = """
    ColourEditor Swatch { height: 3; margin-bottom: 1; }
    """

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(ColourDraft(subject), room)
        self._swatch = Swatch(self.draft.code)

    def stage(self) -> ComposeResult:
        """The colour beside the one before."""
        yield self._swatch

    def restage(self) -> None:
        """Show the colour."""
        self._swatch.show(self.draft.code)

    def look(self) -> str:
        """The chosen number makes no other picture."""
        return ""

    def move(self, across: int, down: int) -> None:
        """Up and down choose, left and right change."""
        if down:
            self.draft.choose(self.draft.chosen + (1 if down > 0 else -1))
            self.refresh_draft()
        else:
            super().move(across, down)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the colour of the picture that is there."""
        code = self.room.colour(event.screen_x, event.screen_y)
        if code is not None:
            self.draft.put(float(code))
            self.refresh_draft()
