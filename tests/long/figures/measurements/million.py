"""The list of a million photographs, without doing any: planned, kept, read again, dealt out and accounted for."""

import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil

from engine.batch.collisions import check_collisions
from engine.batch.tasks import read_tasks, write_tasks
from engine.cluster.dealing import Dealing
from engine.job import Finished, Started, Task, event_to_dict
from tests.long.figures.figure import Figure

ROUNDS = 1
FILES, WORKERS, THREADS = 1_000_000, 500, 16
LASTS = 0.5
"""Seconds that a photograph takes a thread: tasks are grouped by that."""
Timed = tuple[float, float]


def measure(rounds: int) -> list[Figure]:
    """Seconds, megabytes."""
    found = [once() for _ in range(rounds)]
    return [
        Figure(name=f"A million photographs: {name}", unit=unit, bound="at most", limit=limit, values=tuple(values))
        for (name, unit, limit), values in zip(NAMES, zip(*found, strict=True), strict=True)
    ]


NAMES = (
    ("their names compared", "s", 20.0),
    ("their list written", "s", 30.0),
    ("size of the list", "MB", 400.0),
    ("their list read", "s", 30.0),
    ("memory of the list, once read", "MB", 1000.0),
    (f"dealt to {WORKERS} workers of {THREADS} threads and told to be over", "s", 60.0),
    ("memory of that", "MB", 200.0),
    ("tasks of the scheduler for them", "", 100_000.0),
    ("size of the journal, about", "MB", 1000.0),
)


def once() -> tuple[float, ...]:
    """All of it."""
    tasks = tuple(
        Task(f"/photographs/2025/{number // 1000:04}/DSC_{number:07}.JPG", f"/results/{number // 1000:04}/{number}.jpg")
        for number in range(FILES)
    )
    last = Finished(FILES, tasks[-1].source, tasks[-1].output, 0.512345, 24.16)
    line = len(json.dumps(event_to_dict(last))) + len(json.dumps(event_to_dict(Started(FILES, last.path))))
    compared, _ = spent(partial(check_collisions, tasks))
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        path = Path(scratch, "tasks")
        written, _ = spent(partial(write_tasks, path, tasks))
        size = path.stat().st_size / 1e6
        read, memory = spent(partial(read_tasks, path))
    dealt, hands, chunks = deal()
    return compared, written, size, read, memory, dealt, hands, chunks, FILES * line / 1e6


def spent(work: Callable[[], object]) -> Timed:
    """Seconds, and megabytes that the result holds."""
    own = psutil.Process()
    before, began = own.memory_info().rss, time.perf_counter()
    result = work()
    seconds, after = time.perf_counter() - began, own.memory_info().rss
    del result
    return seconds, (after - before) / 1e6


def deal() -> tuple[float, float, float]:
    """Seconds, megabytes and tasks, with every worker busy until nothing is left."""
    own = psutil.Process()
    before, began = own.memory_info().rss, time.perf_counter()
    dealing, chunks = Dealing(FILES), 0
    workers = [f"tcp://10.0.{number // 250}.{number % 250}:40000" for number in range(WORKERS)]
    for worker in workers:
        dealing.join(worker, THREADS)
    while dealing.left:
        for worker in workers:
            while chunk := dealing.deal(worker):
                chunks += 1
                for index in chunk:
                    dealing.over(worker, index, LASTS)
                dealing.taken_up(worker)
                break
    return time.perf_counter() - began, (own.memory_info().rss - before) / 1e6, float(chunks)
