"""How a filter's speed grows with its workers, and what limits it, as frozen values. It measures nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.lab.measuring.measurement import Spread, spread


@dataclass(frozen=True, slots=True)
class Point:
    """Some workers; seconds of runs that took turns with those of the other points."""

    workers: int
    filtering: tuple[float, ...]
    spinning: tuple[float, ...]
    """A loop in registers, which nothing but the cores can limit."""
    copying: tuple[float, ...]
    """As many bytes as the filter reads and writes, moved and nothing else done."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A filter with 1 to N workers; the first point has one."""

    specification: str
    megapixels: float
    traffic: float
    """Bytes of memory that one run of the filter reads and writes."""
    cores: int
    """That this process may use."""
    points: tuple[Point, ...]

    def speed_up(self, point: Point) -> Spread:
        """How many times as fast as one worker, of runs one after the other."""
        return _gain(self.points[0].filtering, point.filtering)

    def ceiling(self, point: Point) -> Spread:
        """The same for the loop in registers: what the cores give."""
        return _gain(self.points[0].spinning, point.spinning)

    def bandwidth_limit(self, point: Point) -> float:
        """The speed-up at which the filter would take no longer than moving its bytes does."""
        return spread(self.points[0].filtering).median / spread(point.copying).median

    def rate(self, point: Point) -> float:
        """Megapixels per second."""
        return self.megapixels / spread(point.filtering).median

    def copied(self, point: Point) -> float:
        """Gigabytes per second, read and written, that so many workers can move."""
        return self.traffic / spread(point.copying).median / 1e9

    @property
    def serial(self) -> float:
        """Amdahl's share of the work that one worker must do alone, 0 to 1: the least squares of 1 / speed-up.

        1 / S(n) = s + (1 - s) / n is linear in s (G. M. Amdahl, AFIPS 1967). It takes whatever keeps workers from being
        n times as fast, memory and busy cores too, for work that cannot be shared. Only as many workers as
        there are cores are looked at.
        """
        tested = [point for point in self.points[1:] if point.workers <= self.cores]
        over = [(1.0 - 1.0 / p.workers, 1.0 / self.speed_up(p).median - 1.0 / p.workers) for p in tested]
        below = sum(x * x for x, _ in over)
        return min(1.0, max(0.0, sum(x * y for x, y in over) / below)) if below else 0.0

    def amdahl(self, workers: float) -> float:
        """The speed-up that the fit gives for so many."""
        return 1.0 / (self.serial + (1.0 - self.serial) / workers)

    @property
    def limit(self) -> str:
        """What keeps the greatest number of workers from being so many times as fast, in one sentence."""
        last = self.points[-1]
        gained, cores, memory = self.speed_up(last).median, self.ceiling(last).median, self.bandwidth_limit(last)
        what = f"{last.workers} workers are ×{gained:.2f} as fast as one"
        if gained > NEAR * memory:
            return f"{what}: moving {self.traffic / 1e6:.0f} MB takes that long by itself, so memory is the limit."
        if gained > NEAR * cores:
            return f"{what}, and a loop in registers is ×{cores:.2f}: the cores are the limit."
        return f"{what}; the cores would allow ×{cores:.2f} and the memory ×{memory:.2f}."

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "filter": self.specification,
            "megapixels": round(self.megapixels, 3),
            "traffic_bytes": round(self.traffic),
            "cores": self.cores,
            "serial_share": round(self.serial, 4),
            "limit": self.limit,
            "points": [
                {
                    "workers": point.workers,
                    "runs": len(point.filtering),
                    "megapixels_per_second": round(self.rate(point), 3),
                    "speed_up": self.speed_up(point).to_dict(),
                    "ceiling": self.ceiling(point).to_dict(),
                    "bandwidth_limit": round(self.bandwidth_limit(point), 3),
                    "gigabytes_per_second": round(self.copied(point), 3),
                    "amdahl": round(self.amdahl(point.workers), 3),
                }
                for point in self.points
            ],
        }


NEAR = 0.9
"""Of a limit, from which on it is what limits."""


def _gain(one: tuple[float, ...], many: tuple[float, ...]) -> Spread:
    return spread(tuple(a / b for a, b in zip(one, many, strict=True)))
