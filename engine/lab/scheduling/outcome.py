"""What became of the jobs under a rule, and the figures of it, as frozen values. It measures nothing."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.lab.measuring.measurement import Spread, spread
from engine.lab.scheduling.load import Arrival
from engine.lab.scheduling.policy import Policy


@dataclass(frozen=True, slots=True)
class Slice:
    """A worker at a job, in seconds since the begin."""

    worker: int
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class JobRun:
    """What became of one job."""

    arrival: Arrival
    slices: tuple[Slice, ...]
    """In order of time; those of two workers may overlap."""

    @property
    def end(self) -> float:
        """When its last band was done."""
        return max(each.end for each in self.slices)

    @property
    def latency(self) -> float:
        """Seconds from its arrival to its end."""
        return self.end - self.arrival.time

    @property
    def starved(self) -> float:
        """The longest time in which it had come and nobody worked on it."""
        longest, since = 0.0, self.arrival.time
        for each in self.slices:
            longest, since = max(longest, each.begin - since), max(since, each.end)
        return longest


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run of all jobs under one rule."""

    jobs: tuple[JobRun, ...]
    workers: int

    @property
    def seconds(self) -> float:
        """Until the last job ended."""
        return max(job.end for job in self.jobs)

    def latencies(self, *, long: bool) -> list[float]:
        """Of the long or of the short jobs."""
        return [job.latency for job in self.jobs if job.arrival.long is long]


FIGURES: dict[str, Callable[[Outcome], float]] = {
    "mean_latency": lambda run: statistics.fmean(job.latency for job in run.jobs),
    "worst_latency": lambda run: max(job.latency for job in run.jobs),
    "mean_latency_of_short": lambda run: statistics.fmean(run.latencies(long=False) or [0.0]),
    "mean_latency_of_long": lambda run: statistics.fmean(run.latencies(long=True) or [0.0]),
    "longest_starvation": lambda run: max(job.starved for job in run.jobs),
    "all_done": lambda run: run.seconds,
    "jobs_per_second": lambda run: len(run.jobs) / run.seconds,
}
"""What a rule is judged by; seconds but for the last."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule and its runs."""

    policy: Policy
    runs: tuple[Outcome, ...]

    def figure(self, name: str) -> Spread:
        """One of FIGURES over all runs."""
        return spread(tuple(map(FIGURES[name], self.runs)))

    @property
    def typical(self) -> Outcome:
        """The run whose mean latency is the middle one: the one to draw."""
        ordered = sorted(self.runs, key=FIGURES["mean_latency"])
        return ordered[len(ordered) // 2]

    def to_dict(self) -> dict[str, Any]:
        """As JSON values; slices are worker, begin and end."""
        return {
            "name": self.policy.name,
            "title": self.policy.title,
            "runs": len(self.runs),
            **{name: self.figure(name).to_dict() for name in FIGURES},
            "jobs": [
                {
                    "name": job.arrival.name,
                    "arrival": round(job.arrival.time, 5),
                    "bands": job.arrival.bands,
                    "slices": [[each.worker, round(each.begin, 5), round(each.end, 5)] for each in job.slices],
                }
                for job in self.typical.jobs
            ],
        }
