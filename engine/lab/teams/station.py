"""Where one worker works: by default in its own thread. What it is given and gives back goes through here."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Protocol

from engine.lab.lane import Lane, Moved

if TYPE_CHECKING:
    from engine.lab.code.binding import Binder, Bound
    from engine.lab.job import Bytes
    from engine.lab.room import Room


class Station(Protocol):
    """Made, used and closed by one worker's thread."""

    @property
    def lane(self) -> Lane:
        """Who works; from any thread."""

    @property
    def moved(self) -> Moved:
        """What was sent and got; from any thread."""

    def load(self, room: Room) -> Bound:
        """The calls for a room."""

    def echo(self, content: Bytes) -> Bytes:
        """The same bytes again, from where the work is done."""

    def close(self) -> None:
        """Let go of what is held."""


class InThread:
    """The thread itself does the work, on the memory that all threads share."""

    def __init__(self, name: str, binder: Binder) -> None:
        self._binder = binder
        self.lane, self.moved = own_lane(name), Moved()

    def load(self, room: Room) -> Bound:
        """The calls for a room."""
        return self._binder(room)

    def echo(self, content: Bytes) -> Bytes:
        """The very same object: nothing is copied."""
        return content

    def close(self) -> None:
        """Nothing is held."""


def own_lane(name: str) -> Lane:
    """The calling thread."""
    clock = time.pthread_getcpuclockid(threading.get_ident()) if hasattr(time, "pthread_getcpuclockid") else None
    return Lane(name, os.getpid(), threading.get_native_id(), clock)


def process_lane(name: str, process: int) -> Lane:
    """The only thread of another process; its clock is the process's, which Linux lets anybody of this user read."""
    clock = (~process << 3) | 2 if sys.platform == "linux" else None
    return Lane(name, process, process, clock)
