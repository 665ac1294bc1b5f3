"""Pieces that a background thread makes a little ahead of whoever takes them. Keeps few of them, and waits for none."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from engine.errors import SafelightError
from tui.io import Desk

AT_A_TIME = 32
"""Pieces made in one go, when no more than half as many are left: less than 200 kB are ever held."""


class _Made(NamedTuple):
    pieces: tuple[str, ...]
    over: bool
    error: str


class Ahead(Iterator[str]):
    """The pieces in their order; an empty one where the next is not ready yet."""

    def __init__(self, desk: Desk, pieces: Iterator[str]) -> None:
        """`pieces` is only touched by the desk's thread."""
        self._desk, self._pieces = desk, pieces
        self._ready: deque[str] = deque()
        self._asked = self._over = False
        self.taken = 0
        """Pieces that were taken."""
        self.error = ""
        """Why there are no more, where that is not because all were made."""

    def __next__(self) -> str:
        if not (self._asked or self._over) and len(self._ready) <= AT_A_TIME // 2:
            self._asked = True
            self._desk.ask("pieces", lambda: [self._make()], self._take)
        if self._ready:
            self.taken += 1
            return self._ready.popleft()
        if self._over:
            raise StopIteration
        return ""

    def stop(self, farewell: str = "") -> None:
        """No more of them; the farewell, if there is one, is the last."""
        self._ready = deque([farewell] if farewell else [])
        self._over = True

    def _make(self) -> _Made:
        """In the desk's thread."""
        made: list[str] = []
        try:
            made.extend(islice(self._pieces, AT_A_TIME))
        except SafelightError as error:
            return _Made(tuple(made), True, str(error))
        return _Made(tuple(made), len(made) < AT_A_TIME, "")

    def _take(self, made: _Made) -> None:
        self._asked = False
        if not self._over:
            self._ready.extend(made.pieces)
            self._over, self.error = made.over, made.error
