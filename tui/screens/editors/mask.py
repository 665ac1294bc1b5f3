"""Where a step acts: a mask of any shape, on the picture. It changes no stack itself."""

from textual import events

from tui.editing.mask import MaskDraft
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.editor import KEEP, LEAVE, NEXT, PREVIOUS, RESET, TYPE, UNDO, Action
from tui.screens.on_picture import PictureEditor

SHAPE = Action("shape", ("s",), "s", "shape")
INVERT = Action("invert", ("n",), "n", "invert")
VIEW = Action("view", ("v",), "v", "view")


class MaskEditor(PictureEditor[MaskDraft]):
    """The mask is a red tint, or what it leaves of the picture; of tones and colours the mouse takes one."""

    ACTIONS = (NEXT, PREVIOUS, SHAPE, INVERT, VIEW, TYPE, RESET, UNDO, KEEP, LEAVE)

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(MaskDraft(subject), room)

    def restage(self) -> None:
        """Say in the title what it is and how it is shown."""
        draft = self.draft
        inverted = ", everywhere else" if draft.inverted else ""
        box = self.query_one("#box")
        box.border_title = f"{draft.step.filter}: {draft.shape or 'no'} mask{inverted}"
        box.border_subtitle = f"seen: {draft.view}"

    def look(self) -> str:
        """The chosen handle is marked, and there are several ways to look."""
        return f"{self.draft.chosen} {self.draft.view}"

    def do_shape(self) -> None:
        """The next one."""
        self.draft.turn()

    def do_invert(self) -> None:
        """Act everywhere else."""
        self.draft.invert()

    def do_view(self) -> None:
        """Look at it another way."""
        self.draft.look()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take a colour or a tone of the picture, or the nearest handle."""
        code = self.room.colour(event.screen_x, event.screen_y)
        if not self.draft.picks:
            super().on_mouse_down(event)
        elif code is not None:
            if self.draft.unveil():
                self.draft.pick(code)
            self.refresh_draft()
