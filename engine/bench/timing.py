"""Pieces of work timed in turn, so that whatever disturbs the machine disturbs all of them. Judges nothing."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.bench.comparison import Work

REST = 0.05
"""Seconds between two runs: thread pools spin for a while after their last task."""
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took each time, on a picture of so many megapixels."""

    seconds: tuple[float, ...]
    megapixels: float

    @property
    def median(self) -> float:
        """The middle of the seconds."""
        return statistics.median(self.seconds)

    @property
    def rate(self) -> float:
        """Megapixels per second."""
        return self.megapixels / self.median

    def to_dict(self) -> dict[str, float | int]:
        """As JSON values: megapixels per second, the slowest and the fastest among them, and of how many."""
        return {
            "rate": round(self.rate, 3),
            "least": round(self.megapixels / max(self.seconds), 3),
            "most": round(self.megapixels / min(self.seconds), 3),
            "seconds": round(self.median, 6),
            "megapixels": round(self.megapixels, 3),
            "times": len(self.seconds),
        }


def in_turn(
    works: Mapping[str, Work],
    rounds: int = ROUNDS,
    *,
    clock: Callable[[], float] = time.perf_counter,
    rest: Callable[[float], object] = time.sleep,
) -> dict[str, tuple[float, ...]]:
    """Run all once unmeasured, then in turn so many times; the seconds of each."""
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            rest(REST)
            began = clock()
            work()
            seconds[name].append(clock() - began)
    return {name: tuple(times) for name, times in seconds.items()}
