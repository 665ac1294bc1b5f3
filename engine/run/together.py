"""One picture made by several threads at once, for programs that have no crew; the threads stay for the next one."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from queue import SimpleQueue

from engine.run.processor import keep_clear
from engine.run.rendering import Desk, Rendering


class Partner:
    """A thread that joins one rendering after another."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[Rendering, int]] = SimpleQueue()
        self._done: SimpleQueue[None] = SimpleQueue()
        self.thread = threading.Thread(target=self._serve, name="apply", daemon=True)
        self.thread.start()

    def join(self, rendering: Rendering, slot: int) -> None:
        """Begin to help, as the worker of that number."""
        self._asked.put((rendering, slot))

    def part(self) -> None:
        """Wait until it helps no more."""
        self._done.get()

    def _serve(self) -> None:
        desk = Desk(0)
        while True:
            rendering, desk.slot = self._asked.get()
            try:
                rendering.join(desk)
            finally:
                # A waiting thread must not keep alive what it last worked on.
                del rendering
                self._done.put(None)


_partners: deque[Partner] = deque()
_desks: deque[Desk] = deque()
"""Those that nobody works with at the moment."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_partners.clear)


def render(rendering: Rendering, workers: int) -> None:
    """Lead a rendering in this thread with `workers - 1` others beside it."""
    partners = [_partner() for _ in range(1, workers)]
    keep_clear([partner.thread for partner in partners])
    for slot, partner in enumerate(partners, start=1):
        partner.join(rendering, slot)
    desk = _desk()
    try:
        rendering.lead(desk)
    finally:
        for partner in partners:
            partner.part()
        _partners.extend(partners)
        _desks.append(desk)


def _partner() -> Partner:
    with contextlib.suppress(IndexError):
        return _partners.pop()
    return Partner()


def _desk() -> Desk:
    with contextlib.suppress(IndexError):
        return _desks.pop()
    return Desk(0)
