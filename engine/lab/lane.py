"""Who works, and what went to and from it, as frozen values. It reads no clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """One worker as the system knows it."""

    name: str
    process: int
    thread: int
    """The system's number of the thread; that of the process for one of another process."""
    clock: int | None
    """The id of the clock that counts its CPU time, where there is one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Objects turned into bytes, sent, and made anew on the other side."""

    count: int = 0
    """Of bytes, both ways."""
    seconds: float = 0.0
    """In turning objects to bytes and back and in sending them, on this side."""

    def __add__(self, other: Moved) -> Moved:
        return Moved(self.count + other.count, self.seconds + other.seconds)
