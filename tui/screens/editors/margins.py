"""What is cut off on each side, as a frame on the picture. It changes no stack itself."""

from tui.editing.margins import MarginsDraft
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.on_picture import PictureEditor


class MarginsEditor(PictureEditor[MarginsDraft]):
    """The middle of each side is a handle, and that of the frame."""

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(MarginsDraft(subject), room)
