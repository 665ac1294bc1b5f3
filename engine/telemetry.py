"""What the threads are doing, as numbers in shared memory (the Board) and as one frozen Snapshot read from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from engine.job import State


class Stage(IntEnum):
    """What a worker thread is doing with its file."""

    IDLE = 0
    READ = 1
    DECODE = 2
    FILTER = 3
    ENCODE = 4
    WRITE = 5
    PAUSED = 6


@dataclass(frozen=True, slots=True)
class Lane:
    """One worker thread at one moment."""

    name: str
    stage: Stage
    file: int
    """Index of the task it works on, or -1."""
    fraction: float
    """How much of that file is done, 0 to 1; 1 only when the file is whole on disk."""
    megapixels: float
    """Pixels of finished files that this thread filtered."""
    rate: float
    """Megapixels per second, lately."""
    load: float
    """Share of one core that this very thread used, lately, 0 to 1."""
    busy_seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole batch at one moment: a value, safe to hand to any thread."""

    batch: str
    state: State
    seconds: float
    lanes: tuple[Lane, ...]
    cores: tuple[float, ...]
    """Load of each core of the machine, 0 to 1."""
    total: int
    done: int
    failed: int
    skipped: int
    megapixels: float
    rate: float
    """Megapixels per second of the whole batch, lately."""
    remaining_seconds: float | None
    """Estimated; None until it can be."""
    note: str = ""
    """What it waits for, such as `compiling kernels`."""

    @property
    def left(self) -> int:
        """Files neither done, failed nor skipped."""
        return self.total - self.done - self.failed - self.skipped
