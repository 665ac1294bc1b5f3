"""What the mouse does to something drawn: take hold of it and pull. It knows not what it is."""

from collections.abc import Callable

from textual import events
from textual.widget import Widget

from tui.theme import Inks, inks

Place = tuple[float, float]
"""Shares of the sides: across from the left, down from the top, 0 to 1."""
Take = Callable[[Place], object]


class Hand(Widget):
    """A widget whose cells are places from edge to edge."""

    ALLOW_SELECT = False

    def __init__(self, on_grab: Take, on_drag: Take, *, id: str | None = None) -> None:
        """`on_grab` is told where the button goes down, `on_drag` where the mouse moves meanwhile."""
        super().__init__(id=id)
        self._on_grab, self._on_drag = on_grab, on_drag
        self._held = False

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    def _place(self, event: events.MouseEvent) -> Place:
        width, height = self.size
        across, down = event.x / max(width - 1, 1), event.y / max(height - 1, 1)
        return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        event.stop()
        self._held = True
        self.capture_mouse()
        self._on_grab(self._place(event))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull."""
        if self._held:
            event.stop()
            self._on_drag(self._place(event))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        event.stop()
        self._held = False
        self.release_mouse()
