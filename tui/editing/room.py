"""The app around an editor: where it stands, what the picture shows, what the mouse points at. It edits nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region

if TYPE_CHECKING:
    from engine.stack import Stack
    from tui.app import Safelight
    from tui.bridge.probing import Pointed


class Room:
    """What an editor may ask of the app, and no more."""

    def __init__(self, app: Safelight) -> None:
        self._app = app

    def region(self) -> Region:
        """The cells of the screen that the stack has; none where it is hidden."""
        return self._app.main.stack.region

    def show(self, stack: Stack) -> None:
        """Show what this stack does, in place of what was asked before."""
        self._app.bridge.try_stack(stack)

    def place(self, x: int, y: int) -> tuple[float, float] | None:
        """What a cell of the screen shows of the picture, in shares of its sides; None beside it."""
        return self._pointed(x, y).place

    def colour(self, x: int, y: int) -> int | None:
        """0xRRGGBB of the picture there; None beside it."""
        return self._pointed(x, y).colour

    def tones(self, channel: str) -> tuple[int, ...]:
        """How often each of 256 tones of red, green, blue or else luma occurs in the picture; none while unknown."""
        tones = self._app.main.tones.tones
        return () if tones is None else getattr(tones, channel if channel in tones._fields else "luma").counts

    def _pointed(self, x: int, y: int) -> Pointed:
        picture = self._app.main.picture
        return self._app.bridge.preview.pointed(picture.spot_at(x - picture.region.x, y - picture.region.y))
