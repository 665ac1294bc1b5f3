"""What a person was told since the app was opened, to be read again. It shows nothing and reads no file."""

import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

MOST = 500
"""Notices kept; the oldest go."""


class Noted(NamedTuple):
    """A notice of this session or a record of the log."""

    when: float
    """Seconds since 1970."""
    text: str
    """Perhaps of several lines; show it through `engine.files.name.show` only."""
    alarm: bool = False
    logged: bool = False
    """Whether it is of the log."""


class Notices:
    """The newest of them."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives seconds since 1970."""
        self._clock = clock
        self._kept: deque[Noted] = deque(maxlen=MOST)

    def add(self, text: str, alarm: bool = False) -> None:
        """One more; the same again counts once."""
        if text and not (self._kept and self._kept[-1].text == text):
            self._kept.append(Noted(self._clock(), text, alarm))

    def all(self) -> tuple[Noted, ...]:
        """The oldest first."""
        return tuple(self._kept)
