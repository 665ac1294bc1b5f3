"""Four corners on the picture. It changes no stack itself."""

from tui.editing.corners import CornersDraft
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.on_picture import PictureEditor


class CornersEditor(PictureEditor[CornersDraft]):
    """Each is a handle."""

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(CornersDraft(subject), room)
