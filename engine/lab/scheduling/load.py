"""The jobs that come: long ones at the begin, in the middle and at the end, and a stream of short ones. Only values."""

from __future__ import annotations

from dataclasses import dataclass

BAND = 0.002
"""Seconds of work that a band is."""
SHORT, LONG = 4, 80
"""Bands."""
STREAM = 0.8
"""Seconds for which short jobs come."""
SHARE = 0.85
"""Of all workers' time that short jobs take while they come."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One job."""

    name: str
    time: float
    """Seconds after the begin."""
    bands: int

    @property
    def long(self) -> bool:
        """Whether it is one of the long."""
        return self.bands >= LONG


def arrivals(workers: int) -> tuple[Arrival, ...]:
    """As many as so many workers are just about kept busy by, in order of time."""
    between = SHORT * BAND / (SHARE * workers)
    short = [(between * (place + 1), SHORT) for place in range(int(STREAM / between))]
    long = [(0.0, LONG)] * workers + [(STREAM / 2, LONG), (STREAM, LONG)]
    names = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * (len(long) // 26 + 1))
    return tuple(
        Arrival(next(names) if bands == LONG else str(place), time, bands)
        for place, (time, bands) in enumerate(sorted(long + short))
    )
