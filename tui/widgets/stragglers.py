"""Threads that have been on one file far longer than files take: told from one snapshot after another. No clock."""

from __future__ import annotations

from typing import NamedTuple

from engine.telemetry import AT_REST, Snapshot

LEAST, FAR = 10.0, 5.0
"""Seconds, and times what files take lately, from which a thread is told of."""


class Straggler(NamedTuple):
    """One of them."""

    slot: int
    name: str
    """The thread's."""
    seconds: float
    """At work on this file, as far as it was seen."""


class Stragglers:
    """Of one batch at a time; another one begins anew."""

    def __init__(self) -> None:
        self._before: Snapshot | None = None
        self._files: dict[str, tuple[int, float]] = {}
        """By thread: its file, and the seconds that it was seen at work on it."""
        self._usual: float | None = None
        self.found: tuple[Straggler, ...] = ()
        """The longest first; none before any file was finished, as nobody knows what is long."""

    def add(self, snapshot: Snapshot) -> None:
        """The batch at a later moment, or another batch."""
        before = self._before
        if before is None or before.batch != snapshot.batch:
            self._files, self._usual, before = {}, None, snapshot
        self._before = snapshot
        if snapshot.latency is not None:
            self._usual = snapshot.latency
        passed = max(0.0, snapshot.seconds - before.seconds)
        files = {}
        for lane in snapshot.lanes:
            file, seconds = self._files.get(lane.name, (-1, 0.0))
            works = lane.stage not in AT_REST
            files[lane.name] = lane.file, seconds + passed * works if file == lane.file else 0.0
        self._files = files
        self.found = () if snapshot.state.over else self._longest(snapshot)

    def _longest(self, snapshot: Snapshot) -> tuple[Straggler, ...]:
        if self._usual is None:
            return ()
        limit = max(LEAST, FAR * self._usual)
        found = (
            Straggler(slot, lane.name, self._files[lane.name][1])
            for slot, lane in enumerate(snapshot.lanes)
            if lane.file >= 0 and self._files[lane.name][1] >= limit
        )
        return tuple(sorted(found, key=lambda each: -each.seconds))
