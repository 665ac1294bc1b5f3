"""Measures one strategy in this process, which should be a new one: what it starts with and holds is counted too."""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.lab.job import Job, Step
from engine.lab.lane import Moved
from engine.lab.measuring.measurement import UNKNOWN, Measurement, Spread, StepTimes, spread
from engine.lab.measuring.peak import begin_peak, peak
from engine.lab.measuring.setting import Setting, small_job
from engine.lab.measuring.sizing import Sized, sized, timed
from engine.lab.watching.record import ROUNDS
from engine.lab.watching.timeline import timeline
from engine.lab.watching.watcher import missing, watched

if TYPE_CHECKING:
    from engine.lab.job import Bytes
    from engine.lab.strategy import Strategy, Team
    from engine.lab.watching.record import Record

ECHO = 8_000_000
"""Bytes that one worker hands back."""
REST = 0.02
"""Seconds between two runs."""
TURNS = 3000
"""Of the loop in registers, for each of its rows: about a tenth of a second on one thread."""
Runs = dict[Step, list[float]]


def measured(strategy: Strategy, setting: Setting, picture: Bytes, record: Record, began: float) -> Measurement:
    """All there is to know of it; `began` is when this process was started, by the monotonic clock.

    The record's marks must be as many as its workers. SafelightError when it cannot be opened or a worker fails.
    """
    workers = strategy.workers(setting.workers)
    small = small_job(picture)
    many = strategy.open(workers, memoryview(record.marks.data))
    try:
        digest, start_up = _once(many, small), time.monotonic() - began
        one = many if workers == 1 else strategy.open(1, None)
        try:
            work = sized(one, picture, small, setting)
            one.load(small)
            held = _held(many, work)
            one.load(work.job)
            many.load(work.job)
            rounds = _Rounds(one, many, work, record)
            for done in range(setting.runs):
                rounds.run(workers)
                record.words[ROUNDS] = done + 1
            moved = _moved(many, work)
            echo = statistics.median(_seconds(partial(many.echo, ECHO)) for _ in range(setting.runs))
        finally:
            one.close()
        seen = timeline(record, shared_lock=strategy.shared_lock)
    finally:
        many.close()
    return Measurement(
        strategy.name,
        strategy.title,
        workers,
        steps=rounds.times(),
        megapixels=work.job.megapixels,
        number=work.job.number,
        digest=digest,
        start_up=start_up,
        cpu=() if seen is None else tuple(lane.cpu_seconds for lane in seen.lanes),
        moved=moved,
        echo_bytes=ECHO,
        echo_seconds=echo,
        peak=held,
        ceilings=tuple(rounds.ceilings),
        watching=rounds.watching(),
        timeline=seen,
    )


class _Rounds:
    """One worker, all of them, all of them watched, and the loop in registers, in turn, so that noise hits all."""

    def __init__(self, one: Team, many: Team, work: Sized, record: Record) -> None:
        self._one, self._many, self._work, self._record = one, many, work, record
        self._of_one: Runs = {step: [] for step in Step}
        self._of_many: Runs = {step: [] for step in Step}
        self._watched: list[float] = []
        self.ceilings: list[float] = []
        self._seen = not missing(many.lanes)

    def run(self, workers: int) -> None:
        """Each of them once."""
        from engine.bench.spinning import spin

        self._run(self._one, self._of_one)
        if self._many is not self._one:
            self._run(self._many, self._of_many)
        if self._seen:
            time.sleep(REST)
            with watched(self._record, self._many.lanes):
                self._watched.append(_seconds(lambda: [self._timed(self._many, step) for step in Step]))
        spin(1, workers)
        single = _seconds(lambda: spin(TURNS, 1))
        self.ceilings.append(single / _seconds(lambda: spin(TURNS, workers)))

    def times(self) -> tuple[StepTimes, ...]:
        """Of each step."""
        many = self._of_one if self._many is self._one else self._of_many
        return tuple(
            StepTimes(
                step,
                self._work.job.amount(step) * self._work.passes(step),
                tuple(self._of_one[step]),
                tuple(many[step]),
            )
            for step in Step
        )

    def watching(self) -> Spread:
        """What the sampler costs in wall time."""
        many = self._of_one if self._many is self._one else self._of_many
        plain = map(sum, zip(*many.values(), strict=True))
        costs = tuple(seen / without - 1.0 for seen, without in zip(self._watched, plain, strict=False))
        return spread(costs) if costs else UNKNOWN

    def _run(self, team: Team, runs: Runs) -> None:
        time.sleep(REST)
        for step in Step:
            runs[step].append(self._timed(team, step))

    def _timed(self, team: Team, step: Step) -> float:
        return timed(team, step, self._work.passes(step))


def _once(team: Team, job: Job) -> str:
    """The digest of a job's result."""
    team.load(job)
    for step in Step:
        team.run(step)
    return hashlib.sha256(team.room.result()).hexdigest()


def _held(team: Team, work: Sized) -> int:
    """Memory that a run takes, before anything else is loaded."""
    begin_peak()
    _once(team, work.job)
    return peak(lane.process for lane in team.lanes)


def _moved(team: Team, work: Sized) -> Moved:
    """What is sent in one run."""
    before = team.moved()
    for step in Step:
        timed(team, step, work.passes(step))
    after = team.moved()
    return Moved(after.count - before.count, after.seconds - before.seconds)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
