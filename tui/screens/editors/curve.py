"""Points of a curve in a plot. It changes no stack itself."""

from textual.app import ComposeResult

from tui.editing.curve import CurveDraft
from tui.editing.draft import Place
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.editor import ADD, KEEP, LEAVE, NEXT, PREVIOUS, REMOVE, RESET, TYPE, UNDO, Editor
from tui.widgets.curve_plot import CurvePlot


class CurveEditor(Editor[CurveDraft]):
    """The mouse moves a point, or puts a new one where there is none."""

    LISTED = False
    ACTIONS = (NEXT, PREVIOUS, ADD, REMOVE, TYPE, RESET, UNDO, KEEP, LEAVE)

    DEFAULT_CSS = """
    CurveEditor CurvePlot { height: 1fr; min-height: 6; }
    """

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(CurveDraft(subject), room)
        self._plot = CurvePlot(self.draft.heights, self._grab, self._drag)

    def stage(self) -> ComposeResult:
        """The plot."""
        yield self._plot

    def restage(self) -> None:
        """Draw the curve."""
        self._plot.show(self.draft.points, self.draft.chosen, self.room.tones(self.draft.subject.names[0]))

    def look(self) -> str:
        """The chosen point makes no other picture."""
        return ""

    def do_add(self) -> None:
        """A point behind the chosen one."""
        self.draft.add()

    def do_remove(self) -> None:
        """The chosen one goes."""
        self.draft.remove()

    def _grab(self, place: Place) -> None:
        self.draft.grab(place)
        self.refresh_draft()

    def _drag(self, place: Place) -> None:
        self.draft.drag(place)
        self.refresh_draft()
