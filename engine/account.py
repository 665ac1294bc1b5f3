"""A batch in a line of a list: what it is, how far it is, how long it took, where its time went. It reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from engine.job import BatchInfo, State
from engine.telemetry import NOTHING_SPENT, Spent


@dataclass(frozen=True, slots=True)
class Account:
    """One batch at one moment: a value, safe to hand to any thread."""

    info: BatchInfo
    done: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    """That it has worked, or did."""
    rate: float = 0.0
    """Megapixels per second: lately while it runs, of all of it once it is over."""
    remaining_seconds: float | None = None
    """Estimated; None until it can be."""
    spent: Spent = NOTHING_SPENT
    place: int = 0
    """In the queue, from 1; 0 where it does not wait for its turn."""
    priority: int = 0
    """Among those that wait."""
    filters: tuple[str, ...] = ()
    """What it does to each file, as on a command line; empty where each has edits of its own."""
    own_edits: bool = False
    """Whether files have edits of their own."""

    @property
    def id(self) -> str:
        """What a person calls it."""
        return self.info.id

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.info.state

    @property
    def left(self) -> int:
        """Files neither done, failed nor skipped."""
        return max(0, self.info.total - self.done - self.failed - self.skipped)
