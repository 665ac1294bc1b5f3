"""Real runs of all jobs under each rule: threads that compute without the GIL. It judges nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

import numpy as np

from engine.lab.code.compiled import jitted
from engine.lab.job import WEIGHTS
from engine.lab.scheduling.load import BAND, Arrival
from engine.lab.scheduling.outcome import Outcome, Verdict
from engine.lab.scheduling.policy import Policy
from engine.lab.scheduling.queue import Entry, Queue

WIDTH = 400
"""Pixels of the rows that a band blurs."""
TRIES = 9


def judged(
    policies: Iterable[Policy],
    jobs: tuple[Arrival, ...],
    workers: int,
    runs: int,
    told: Callable[[str], object] = str,
) -> tuple[Verdict, ...]:
    """So many runs of each rule, in turn; `told` is called with what is done before each."""
    work, chosen = band_of_work(), list(policies)
    found: dict[str, list[Outcome]] = {policy.name: [] for policy in chosen}
    for turn in range(runs):
        for policy in chosen:
            told(f"{policy.title}, run {turn + 1} of {runs}")
            found[policy.name].append(run(policy, jobs, workers, work))
    return tuple(Verdict(policy, tuple(found[policy.name])) for policy in chosen)


def run(policy: Policy, jobs: tuple[Arrival, ...], workers: int, work: Callable[[], object]) -> Outcome:
    """All jobs once; `work` is one band, called from all threads at once."""
    began = time.perf_counter()

    def clock() -> float:
        return time.perf_counter() - began

    queue = Queue(policy, jobs, clock)

    def live(worker: int) -> None:
        entry: Entry | None = None
        last: Entry | None = None
        bands = 0
        while (entry := queue.next(entry, bands)) is not None:
            bands = bands + 1 if entry is last else 1
            last, begin = entry, clock()
            work()
            queue.note(entry, worker, begin, clock())

    threads = [threading.Thread(target=live, args=(slot,), name=f"lab {slot + 1}") for slot in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Outcome(queue.jobs(), workers)


def band_of_work() -> Callable[[], object]:
    """A Gaussian over as many rows as take about BAND seconds here, without the GIL."""
    _, blur, _ = jitted(nogil=True)
    weights, samples = np.array(WEIGHTS, np.int64), 3 * WIDTH
    source = np.zeros(samples * 4096, np.uint8)

    def blurred(rows: int) -> None:
        target, row = np.empty(samples * rows, np.uint8), np.empty(samples, np.int64)
        blur(source, target, weights, row, (rows, WIDTH), 0, rows)

    blurred(1)
    trial = 64
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        blurred(trial)
        times.append(time.perf_counter() - began)
    rows = max(1, min(4096, round(trial * BAND / min(times))))
    return lambda: blurred(rows)
