"""Processes that map the same memory: the station that sends orders alone, and the attendant that computes in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.lab.code import arrays
from engine.lab.code.binding import Bound
from engine.lab.job import Step
from engine.lab.lane import Moved
from engine.lab.room import room_in
from engine.lab.teams.mapping import mapped
from engine.lab.teams.process import Behind
from engine.lab.teams.shared import Shared

if TYPE_CHECKING:
    from engine.lab.job import Bytes, Job
    from engine.lab.room import Room


class Resident:
    """Maps a room and works in it."""

    def load(self, path: str, shape: tuple[int, int, int], job: Job) -> None:
        """Map a room; the job comes without its pixels, which lie there."""
        job = replace(job, pixels=np.broadcast_to(np.uint8(0), shape))
        self._bound = arrays.bind(room_in(job, np.frombuffer(mapped(path), np.uint8)))

    def do(self, step: int, band: int) -> None:
        """One step to one band."""
        self._bound.of(Step(step))(band)

    def echo(self, size: int) -> int:
        """The bytes lie where both sides reach them: only their count is sent."""
        return size


class Sharing:
    """A station whose work is done in another process, on the same memory."""

    def __init__(self, name: str, memory: Shared) -> None:
        self._memory = memory
        self._behind = Behind(name, f"{__name__}:{Resident.__name__}")
        self.lane = self._behind.lane
        self._ask = self._behind.correspondence.ask

    @property
    def moved(self) -> Moved:
        """What was sent and got."""
        return self._behind.correspondence.moved

    def load(self, room: Room) -> Bound:
        """Calls that say which band is to be done."""
        bare = replace(room.job, pixels=np.empty((0, 0, 3), np.uint8))
        self._ask("load", self._memory.path, room.job.pixels.shape, bare)
        tone, blur, fibonacci, wait = (lambda band, step=step: self._ask("do", int(step), band) for step in Step)
        return Bound(tone, blur, fibonacci, wait)

    def echo(self, content: Bytes) -> Bytes:
        """There and back through the shared memory, where it need not move."""
        self._ask("echo", content.size)
        return content

    def close(self) -> None:
        """The process ends."""
        self._behind.close()
