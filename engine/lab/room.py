"""Where a job's bytes lie while a strategy works on them: parts of one flat memory, which all its workers reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.lab.job import Bytes, Job

NUMBER = 8
"""Bytes of a Fibonacci number."""


@dataclass(frozen=True, slots=True)
class Room:
    """Source and results of one job, row after row; the results may be read once all steps are done."""

    job: Job
    source: Bytes
    toned: Bytes
    blurred: Bytes
    numbers: NDArray[np.int64]
    """The Fibonacci number that each band found."""

    def result(self) -> bytes:
        """All that was made: the same for every strategy."""
        return self.blurred.tobytes() + self.numbers.tobytes()


class Memory(Protocol):
    """Where rooms are made; one at a time."""

    def make(self, size: int) -> Bytes:
        """So many bytes of zero; those made before are let go."""

    def settle(self) -> None:
        """All workers have reached what was made last."""


class Private:
    """Memory of this process, which its threads share anyway."""

    def make(self, size: int) -> Bytes:
        """So many bytes of zero."""
        return np.zeros(size, np.uint8)

    def settle(self) -> None:
        """Nothing to do."""


def size_of(job: Job) -> int:
    """Bytes that the room of a job takes."""
    return NUMBER * job.bands + 3 * job.pixels.size


def room_in(job: Job, buffer: Bytes) -> Room:
    """The room in such a buffer: the numbers, the source, and what the two steps over the picture make."""
    numbers, pictures = buffer[: NUMBER * job.bands], buffer[NUMBER * job.bands :]
    source, toned, blurred = pictures.reshape(3, -1)
    return Room(job, source, toned, blurred, numbers.view(np.int64))


def make_room(job: Job, memory: Memory) -> Room:
    """Room for a job, its picture at the source."""
    room = room_in(job, memory.make(size_of(job)))
    room.source[:] = job.pixels.reshape(-1)
    return room
