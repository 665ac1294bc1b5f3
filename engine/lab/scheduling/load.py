"""The jobs that come: long ones within a stream of short ones, or a batch of them at once. Only values."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

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


def batch(workers: int) -> tuple[Arrival, ...]:
    """Long jobs that all are there at once, one more than workers can share out evenly."""
    return tuple(Arrival(name, 0.0, LONG) for name in _letters(2 * workers + 1))


def stream(workers: int) -> tuple[Arrival, ...]:
    """As many as so many workers are just about kept busy by, in order of time."""
    between = SHORT * BAND / (SHARE * workers)
    short = [(between * (place + 1), SHORT) for place in range(int(STREAM / between))]
    long = [(0.0, LONG)] * workers + [(STREAM / 2, LONG), (STREAM, LONG)]
    names = iter(_letters(len(long)))
    return tuple(
        Arrival(next(names) if bands == LONG else str(place), time, bands)
        for place, (time, bands) in enumerate(sorted(long + short))
    )


def _letters(count: int) -> str:
    """A name for each long job; in one so large that they run out they come again."""
    return (ascii_uppercase * (count // 26 + 1))[:count]
