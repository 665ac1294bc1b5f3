"""The laboratory's claims: who is free of the GIL uses the cores, pickling costs its bytes, watching costs little."""

import time
from collections.abc import Callable

import numpy as np

from engine.bench.picture import photograph
from engine.lab.job import Step
from engine.lab.measuring.measurement import Measurement
from engine.lab.measuring.setting import Setting, job_of
from engine.lab.measuring.trial import Trial
from engine.lab.strategies import find
from engine.lab.watching.record import new_record
from engine.lab.watching.watcher import CAPACITY, watched
from tests.long.figures.figure import Figure

ROUNDS = 3
WORKERS = 2
RUNS = 7
"""Of each strategy within a round."""
PAIRS = 20
"""Of a run that is watched and one that is not, within a round."""


def measure(rounds: int) -> list[Figure]:
    """Each round measures all strategies anew, in processes of their own."""
    picture = photograph(6.0)
    found = [
        {
            name: Trial(find(name), Setting(WORKERS, RUNS), picture).measurement()
            for name in ("threads-python", "threads-numba-nogil", "processes-pickle", "processes-shared")
        }
        for _ in range(rounds)
    ]
    assert not [each.problem for names in found for each in names.values() if each.problem]
    python, free = ([names[name] for names in found] for name in ("threads-python", "threads-numba-nogil"))
    return [
        Figure(
            name=f"Laboratory: {WORKERS} threads in pure Python, Gaussian against one thread",
            unit="times",
            bound="at most",
            limit=1.1,
            values=tuple(each.times(Step.BLUR).speed_up.median for each in python),
        ),
        *(
            Figure(
                name=f"Laboratory: {WORKERS} threads without the GIL, {step.title}, of what a loop in registers gains",
                unit="%",
                bound="at least",
                limit=95,
                values=tuple(100 * each.of_ceiling(step).median for each in free),
            )
            for step in (Step.BLUR, Step.FIBONACCI)
        ),
        Figure(
            name="Laboratory: what a table takes longer by pickling than by shared memory, of what serialising takes",
            unit="%",
            bound="at least",
            limit=70,
            values=tuple(explained(names["processes-pickle"], names["processes-shared"]) for names in found),
            note="the smaller over the larger",
        ),
        Figure(
            name="Laboratory: wall time with the time lines' sampler over without",
            unit="% more",
            bound="at most",
            limit=2,
            values=tuple(watching() for _ in range(rounds)),
        ),
    ]


def explained(pickled: Measurement, shared: Measurement) -> float:
    """How well the time of serialising explains what a megapixel of the table takes longer; 100 is exactly."""
    longer = 1.0 / pickled.times(Step.TONE).rate.median - 1.0 / shared.times(Step.TONE).rate.median
    # Both steps over the picture send as many bytes for a megapixel.
    megapixels = pickled.times(Step.TONE).amount + pickled.times(Step.BLUR).amount
    serialising = pickled.moved.seconds / megapixels / pickled.workers
    return 100 * max(0.0, min(longer / serialising, serialising / longer))


def watching() -> float:
    """Per cent that runs take longer while they are watched, in turn with those that are not."""
    strategy = find("threads-numba-nogil")
    record = new_record(WORKERS, CAPACITY)
    team = strategy.open(WORKERS, memoryview(record.marks.data))
    try:
        team.load(job_of(photograph(6.0), 6.0))
        once(team.run)
        plain, seen = [], []
        for _ in range(PAIRS):
            plain.append(once(team.run))
            with watched(record, team.lanes):
                seen.append(once(team.run))
    finally:
        team.close()
    return 100 * (float(np.median(np.array(seen) / np.array(plain))) - 1)


def once(run: Callable[[Step], object]) -> float:
    """Seconds of one Gaussian."""
    began = time.perf_counter()
    run(Step.BLUR)
    return time.perf_counter() - began
