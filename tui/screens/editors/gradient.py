"""Stops of a gradient on a strip of its colours. It changes no stack itself."""

from textual.app import ComposeResult

from tui.editing.draft import Place
from tui.editing.gradient import GradientDraft
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.editor import ADD, KEEP, LEAVE, NEXT, PREVIOUS, REMOVE, RESET, TYPE, UNDO, Action, Editor
from tui.widgets.gradient_strip import GradientStrip

LIGHT = Action("lighter", (), "↑↓", "light")
HUE = Action("hue", ("right_square_bracket",), "[ ]", "hue"), Action("hue_back", ("left_square_bracket",), "", "")
CHROMA = Action("more", ("right_curly_bracket",), "{ }", "chroma"), Action("less", ("left_curly_bracket",), "", "")


class GradientEditor(Editor[GradientDraft]):
    """The mouse moves a stop, or puts a new one where there is none."""

    ACTIONS = (NEXT, PREVIOUS, ADD, REMOVE, TYPE, LIGHT, *HUE, *CHROMA, RESET, UNDO, KEEP, LEAVE)
    ARROWS = "←→", "move"

    DEFAULT_CSS = """
    GradientEditor GradientStrip { height: 4; margin-bottom: 1; }
    """

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(GradientDraft(subject), room)
        self._strip = GradientStrip(self.draft.code_at, self._grab, self._drag)

    def stage(self) -> ComposeResult:
        """The strip."""
        yield self._strip

    def restage(self) -> None:
        """Show the stops."""
        self._strip.show([each.tone for each in self.draft.stops], self.draft.chosen)

    def look(self) -> str:
        """The chosen stop makes no other picture."""
        return ""

    def do_add(self) -> None:
        """A stop behind the chosen one."""
        self.draft.add()

    def do_remove(self) -> None:
        """The chosen one goes."""
        self.draft.remove()

    def do_lighter(self) -> None:
        """A step lighter, as the key for up does."""
        self.draft.nudge(0, -1)

    def do_hue(self) -> None:
        """Its hue a step round."""
        self.draft.dye(0, 1)

    def do_hue_back(self) -> None:
        """The same to the other side."""
        self.draft.dye(0, -1)

    def do_more(self) -> None:
        """More of the hue."""
        self.draft.dye(1, 0)

    def do_less(self) -> None:
        """Nearer to grey."""
        self.draft.dye(-1, 0)

    def _grab(self, place: Place) -> None:
        self.draft.grab(place)
        self.refresh_draft()

    def _drag(self, place: Place) -> None:
        self.draft.drag(place)
        self.refresh_draft()
