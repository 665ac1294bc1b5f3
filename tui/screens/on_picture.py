"""What all editors share whose handles lie on the picture: the mouse moves them there. It changes no stack itself."""

from typing import ClassVar, Generic, TypeVar

from textual import events

from tui.editing.on_picture import OnPicture
from tui.screens.editor import KEEP, LEAVE, NEXT, PREVIOUS, RESET, TYPE, UNDO, Action, Editor

AnyOnPicture = TypeVar("AnyOnPicture", bound=OnPicture)


class PictureEditor(Editor[AnyOnPicture], Generic[AnyOnPicture]):
    """The picture shows the handles; the chosen one is the larger disc."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (NEXT, PREVIOUS, TYPE, RESET, UNDO, KEEP, LEAVE)
    _held = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the nearest handle."""
        place = self.room.place(event.screen_x, event.screen_y)
        if place is not None:
            self._held = True
            self.capture_mouse()
            self.draft.grab(place)
            self.refresh_draft()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull it."""
        place = self.room.place(event.screen_x, event.screen_y) if self._held else None
        if place is not None:
            self.draft.drag(place)
            self.refresh_draft()

    def on_mouse_up(self) -> None:
        """Let it go."""
        if self._held:
            self._held = False
            self.release_mouse()
