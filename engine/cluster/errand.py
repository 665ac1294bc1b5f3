"""What travels to a worker: a file to do, by its names. No pixels, and no stack, which it has already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.batch.made import Made
    from engine.job import Task


@dataclass(frozen=True, slots=True)
class Errand:
    """One file."""

    index: int
    task: Task
    replaces: bool = False
    """Whether a result that is there may be the batch's own, of a worker that was lost or of an earlier batch."""
    made: Made | None = None
    """What an earlier batch told of that."""


TOPIC = "safelight"
"""Of all workers' messages, of all batches: the scheduler keeps the last thousand of a topic for ever."""
