"""When a batch that is told to end drains, cancels and is left behind. Asks nobody itself, and reads no clock."""

from __future__ import annotations

from engine.job import State, Verb

DRAINS_FOR = 10.0
"""Seconds that files under way have after the first request to terminate."""
ENDS_WITHIN = 0.8
"""Seconds that threads have after a cancel, before the process ends without them."""


class Ending:
    """What is due, by requests to terminate and by time (in seconds, of any clock)."""

    def __init__(self) -> None:
        self._requests = 0
        self._drained_at: float | None = None
        self._cancelled_at: float | None = None

    def terminate(self) -> None:
        """The process was told to end, once more; safe in a signal handler."""
        self._requests += 1

    def due(self, now: float) -> Verb | None:
        """The verb whose time has come, each once: first drain; cancel when told again, or after a while."""
        if self._requests and self._drained_at is None:
            self._drained_at = now
            return Verb.DRAIN
        if self._drained_at is None or self._cancelled_at is not None:
            return None
        if self._requests == 1 and now < self._drained_at + DRAINS_FOR:
            return None
        self._cancelled_at = now
        return Verb.CANCEL

    def overdue(self, now: float, state: State) -> bool:
        """Whether threads of a batch that stands in `state`, cancelled by whomever, have had their time."""
        if state is not State.CANCELLED:
            return False
        if self._cancelled_at is None:
            self._cancelled_at = now
        return now >= self._cancelled_at + ENDS_WITHIN
