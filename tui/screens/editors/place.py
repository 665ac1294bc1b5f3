"""A place on the picture. It changes no stack itself."""

from tui.editing.place import PlaceDraft
from tui.editing.room import Room
from tui.editing.subject import Subject
from tui.screens.on_picture import PictureEditor


class PlaceEditor(PictureEditor[PlaceDraft]):
    """It is one handle, which both numbers move."""

    def __init__(self, subject: Subject, room: Room) -> None:
        super().__init__(PlaceDraft(subject), room)
