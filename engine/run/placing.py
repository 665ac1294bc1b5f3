"""Written files on their way to their names: threads that wait for the disk, or for another machine, and no worker."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.files.remote.url import is_url

if TYPE_CHECKING:
    from engine.batch.specification import Specification

FAR = 8
"""Files that are sent to another machine at a time: each waits for answers most of the time."""


def names_at_once(specification: Specification) -> int:
    """Threads that results take: a disk writes one after another anyway."""
    return FAR if is_url(specification.destination) else 1


class Placing:
    """A short line of errands and the threads that run them. May be called from any thread."""

    def __init__(self, room: int, changed: threading.Condition, threads: int = 1) -> None:
        """`room` is how many may wait, `threads` how many are run at a time."""
        self._room, self._changed, self._threads = room, changed, threads
        self._line: deque[Callable[[], object]] = deque()
        self._closed = False

    def hand(self, errand: Callable[[], object]) -> bool:
        """Leave an errand to the threads; False when too many wait already, as behind a slow disk."""
        with self._changed:
            if len(self._line) >= self._room:
                return False
            self._line.append(errand)
            self._changed.notify_all()
            return True

    def close(self) -> None:
        """Nobody hands over anything any more: the threads end when the line does."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def run(self) -> None:
        """The life of the first thread; it ends after all others."""
        others = [threading.Thread(target=self._run, name="placing", daemon=True) for _ in range(self._threads - 1)]
        for each in others:
            each.start()
        self._run()
        for each in others:
            each.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._line or self._closed)
                if not self._line:
                    return
                errand = self._line.popleft()
            errand()
            del errand
