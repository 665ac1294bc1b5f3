"""What was measured of one strategy, as frozen values. It runs nothing."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.lab.job import Step
from engine.lab.lane import Moved

if TYPE_CHECKING:
    from engine.lab.watching.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure of several runs."""

    median: float
    least: float
    most: float

    def to_dict(self) -> dict[str, float]:
        """As JSON values."""
        return {"median": round(self.median, 6), "least": round(self.least, 6), "most": round(self.most, 6)}


NOTHING, UNKNOWN = Moved(), Spread(0.0, 0.0, 0.0)


def spread(values: tuple[float, ...]) -> Spread:
    """The middle one, the least and the greatest."""
    return Spread(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class StepTimes:
    """One step, done by one worker and by all, in turn."""

    step: Step
    amount: float
    """How much was done in one run, in what the step's unit counts."""
    one: tuple[float, ...]
    many: tuple[float, ...]
    """Seconds of wall time of each run."""

    @property
    def rate(self) -> Spread:
        """Of all workers, per second."""
        return spread(tuple(self.amount / seconds for seconds in self.many))

    @property
    def rate_of_one(self) -> Spread:
        """Of one worker."""
        return spread(tuple(self.amount / seconds for seconds in self.one))

    @property
    def speed_up(self) -> Spread:
        """How many times as fast all workers are as one, of runs one after the other."""
        return spread(tuple(one / many for one, many in zip(self.one, self.many, strict=True)))


@dataclass(frozen=True, slots=True)
class Measurement:
    """One strategy on this machine."""

    name: str
    title: str
    workers: int
    problem: str = ""
    """A sentence if it was not measured; then nothing below means anything."""
    steps: tuple[StepTimes, ...] = ()
    megapixels: float = 0.0
    """Of the picture that was worked on."""
    number: int = 0
    """Whose Fibonacci number each band computed."""
    digest: str = ""
    """Of the result on the small job: the same for all."""
    start_up: float = 0.0
    """Seconds from the start of a process until all its workers had done the small job once."""
    cpu: tuple[float, ...] = ()
    """Seconds of CPU of each worker in the last run that was watched."""
    moved: Moved = NOTHING
    """In one run by all workers."""
    echo_bytes: int = 0
    echo_seconds: float = 0.0
    """Of an object that one worker got and gave back."""
    peak: int = 0
    """Bytes of memory that all its processes held at most in one run."""
    ceilings: tuple[float, ...] = ()
    """How many times as fast as one thread as many threads were at a loop in registers, after each run."""
    watching: Spread = UNKNOWN
    """Wall time with the sampler over that without it, less 1, of runs one after the other."""
    timeline: Timeline | None = None

    def times(self, step: Step) -> StepTimes:
        """The times of one step."""
        return next(each for each in self.steps if each.step is step)

    @property
    def ceiling(self) -> Spread:
        """The speed-up of the loop in registers: what the cores gave meanwhile."""
        return spread(self.ceilings)

    def of_ceiling(self, step: Step) -> Spread:
        """The speed-up of a step as a share of the loop's, of runs one after the other."""
        times = self.times(step)
        return spread(tuple(a / b / c for a, b, c in zip(times.one, times.many, self.ceilings, strict=True)))

    def efficiency(self, step: Step) -> float:
        """The speed-up for each worker, 1 at best."""
        return self.times(step).speed_up.median / self.workers

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        known = {"name": self.name, "title": self.title, "workers": self.workers, "problem": self.problem or None}
        if self.problem:
            return known
        return known | {
            "steps": [
                {
                    "step": times.step.name.lower(),
                    "unit": times.step.unit,
                    "amount": round(times.amount, 6),
                    "rate": times.rate.to_dict(),
                    "rate_of_one": times.rate_of_one.to_dict(),
                    "speed_up": times.speed_up.to_dict(),
                    "efficiency": round(self.efficiency(times.step), 4),
                    "of_ceiling": self.of_ceiling(times.step).to_dict(),
                    "runs": len(times.many),
                }
                for times in self.steps
            ],
            "megapixels": round(self.megapixels, 4),
            "number": self.number,
            "digest": self.digest,
            "start_up_seconds": round(self.start_up, 4),
            "cpu_seconds": [round(each, 5) for each in self.cpu],
            "serialised_bytes": self.moved.count,
            "serialising_seconds": round(self.moved.seconds, 6),
            "echo": {"bytes": self.echo_bytes, "seconds": round(self.echo_seconds, 6)},
            "peak_bytes": self.peak,
            "ceiling": self.ceiling.to_dict(),
            "watching": self.watching.to_dict(),
            "timeline": None if self.timeline is None else self.timeline.to_dict(),
        }
