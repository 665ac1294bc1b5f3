"""Something that turns again and again by itself, until it is ended. It knows no picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

if TYPE_CHECKING:
    from textual.screen import Screen

SECONDS = 0.8
"""Between two turns, at least."""


class Flicker:
    """On a screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._over: Callable[[], object] = bool

    def begin(self, turn: Callable[[], object], over: Callable[[], object]) -> None:
        """Call `turn` now and again and again, and `over` at the end."""
        self.end()
        self._over = over
        self._timer = self._screen.set_interval(SECONDS, turn)
        turn()

    def end(self) -> bool:
        """Turn no more; whether it did."""
        if self._timer is None:
            return False
        self._timer.stop()
        self._timer = None
        self._over()
        return True
