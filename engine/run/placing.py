"""Written files on their way to their names: a thread that waits for the disk, so that workers need not."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable


class Placing:
    """A short line of errands and the thread that runs them. May be called from any thread."""

    def __init__(self, room: int, changed: threading.Condition) -> None:
        """`room` is how many may wait."""
        self._room, self._changed = room, changed
        self._line: deque[Callable[[], object]] = deque()
        self._closed = False

    def hand(self, errand: Callable[[], object]) -> bool:
        """Leave an errand to the thread; False when too many wait already, as behind a slow disk."""
        with self._changed:
            if len(self._line) >= self._room:
                return False
            self._line.append(errand)
            self._changed.notify_all()
            return True

    def close(self) -> None:
        """Nobody hands over anything any more: the thread ends when the line does."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def run(self) -> None:
        """The life of the thread."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._line or self._closed)
                if not self._line:
                    return
                errand = self._line.popleft()
            errand()
            del errand
