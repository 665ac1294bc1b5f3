"""A queue under one rule: gives workers the next band to do, and keeps who did what when. It starts no thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.lab.scheduling.load import BAND, Arrival
from engine.lab.scheduling.outcome import JobRun, Slice
from engine.lab.scheduling.policy import Policy, Waiting

PAUSE = BAND / 4
"""Seconds between two bands that still are one stretch of work."""


@dataclass(slots=True)
class Entry:
    """A job as the queue keeps it."""

    arrival: Arrival
    left: int
    last: float
    hands: int = 0
    """Workers that are at it."""
    slices: list[Slice] = field(default_factory=list)

    def waiting(self) -> Waiting:
        """As a rule sees it."""
        return Waiting(self.arrival.time, self.left * BAND, self.last)


class Queue:
    """May be used from any thread; `clock` gives seconds since the begin."""

    def __init__(self, policy: Policy, jobs: Sequence[Arrival], clock: Callable[[], float]) -> None:
        self._policy, self._clock = policy, clock
        self._entries = [Entry(each, each.bands, each.time) for each in jobs]
        self._changed = threading.Condition()

    def next(self, done: Entry | None, bands: int) -> Entry | None:
        """The job whose next band a worker is to do, or None when all are done or in others' hands to the end.

        `done` is the job it has just done a band of, the `bands`-th in a row. It waits while nothing has come.
        """
        with self._changed:
            if done is not None:
                if done.left and (self._policy.turn is None or bands < self._policy.turn):
                    return self._claimed(done)
                done.hands -= 1
                done.last = self._clock()
                self._changed.notify_all()
            while any(each.left for each in self._entries):
                now = self._clock()
                found = self._choice(now)
                if found is not None:
                    found.hands += 1
                    return self._claimed(found)
                self._changed.wait(self._until(now))
            return None

    def note(self, entry: Entry, worker: int, begin: float, end: float) -> None:
        """A band was done; it joins the one before if the same worker did that without a pause."""
        with self._changed:
            place = next(
                (n for n, each in enumerate(entry.slices) if each.worker == worker and begin - each.end < PAUSE), None
            )
            if place is None:
                entry.slices.append(Slice(worker, begin, end))
            else:
                entry.slices[place] = Slice(worker, entry.slices[place].begin, end)

    def jobs(self) -> tuple[JobRun, ...]:
        """What became of all, once they are done."""
        runs = (JobRun(each.arrival, tuple(sorted(each.slices, key=lambda s: s.begin))) for each in self._entries)
        return tuple(runs)

    def _claimed(self, entry: Entry) -> Entry:
        entry.left -= 1
        return entry

    def _choice(self, now: float) -> Entry | None:
        come = [each for each in self._entries if each.left and each.arrival.time <= now]
        free = [each for each in come if not each.hands]
        if free:
            return min(free, key=lambda each: (self._policy.key(each.waiting(), now), each.arrival.time))
        return min(come, key=lambda each: each.hands, default=None) if self._policy.helps else None

    def _until(self, now: float) -> float | None:
        """Seconds until the next job comes."""
        return min((each.arrival.time - now for each in self._entries if each.arrival.time > now), default=None)
