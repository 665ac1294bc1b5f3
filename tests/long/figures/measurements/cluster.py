"""A real scheduler and two worker processes of one thread each, against a crew of two threads at home."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from PIL import Image

from engine.batch.client import Batch
from engine.batch.outputs import plan_outputs
from engine.batch.record import load_record
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.job import State, Summary, Verb
from engine.meter import Meter
from engine.stack import Stack
from engine.telemetry import AT_REST
from tests.long.figures.figure import Figure
from tests.long.figures.photographs import copies
from tests.yard import Yard

ROUNDS = 5
FILES, SOME, MANY = 24, 2_000, 10_000
SLOW = "median:radius=12"
PERIOD, MB = 0.05, 1e6
SENT = re.compile(r"bytes_(?:sent|received):(\d+)")


def measure(rounds: int) -> list[Figure]:
    """Speed, cost, memory, bytes, and how soon a word reaches everybody."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch, yard(Path(scratch)) as cluster:
        home = Path(scratch)
        photographs, some = copies(home / "roll", FILES), specks(home / "some", SOME)
        for each in ("", cluster.address):
            run(photographs, home / "warm", each)
        ratios = [speed(photographs, home, cluster) for _ in range(rounds)]
        costs = [cost(some, home, cluster) for _ in range(rounds)]
        told = many(specks(home / "many", MANY), home, cluster)
        long = copies(home / "long", 5 * FILES)
        pauses, cancels = zip(*(words(long, home, cluster) for _ in range(rounds)), strict=True)
    two = "two workers of one thread"
    return [
        _figure(f"{FILES} photographs by {two} over a crew of two at home", "times", 0.9, ratios, at_least=True),
        _figure(f"A tiny picture of {SOME:,} beyond what it takes at home", "ms", 10, costs),
        _figure(f"Tiny pictures a second, of {MANY:,}", "", 100, [told.pace], at_least=True),
        _figure(f"Scheduler's memory with {MANY:,} pictures, at most", "MB", 500, [told.scheduler / MB]),
        _figure("The batch's own process, the same", "MB", 500, [told.client / MB]),
        _figure("Through the scheduler for a picture, in and out", "bytes", 10_000, [told.bytes / MANY]),
        _figure("Scheduler's CPU time for a picture", "ms", 1, [1000 * told.scheduler_cpu / MANY]),
        _figure("The batch's own process's CPU time for a picture", "ms", 1, [1000 * told.client_cpu / MANY]),
        _figure("From pause to the last thread at rest", "s", 2, pauses),
        _figure("From cancel to the end", "s", 2, cancels),
    ]


def _figure(
    name: str, unit: str, limit: float, values: list[float] | tuple[float, ...], *, at_least: bool = False
) -> Figure:
    return Figure(
        name=f"Cluster: {name}",
        unit=unit,
        limit=limit,
        bound="at least" if at_least else "at most",
        values=tuple(values),
    )


@contextmanager
def yard(scratch: Path) -> Iterator[Yard]:
    """The cluster."""
    cluster = Yard(scratch / "yard")
    try:
        for _ in range(2):
            cluster.worker(1, preload=False)
        yield cluster
    finally:
        cluster.close()


def specks(folder: Path, count: int) -> Path:
    """The same tiny picture under many names."""
    folder.mkdir()
    first = folder / "00000.jpg"
    Image.new("RGB", (64, 48), (90, 60, 30)).save(first)
    for number in range(1, count):
        os.link(first, folder / f"{number:05}.jpg")
    return folder


def begin(folder: Path, results: Path, cluster: str, step: str = "exposure:ev=0.5") -> Batch:
    """A batch of all that the folder holds."""
    tasks = plan_outputs([str(folder)], str(results), existing="replace")
    stack = Stack.parse([step])
    return start(Specification(tasks, stack, workers=2, output=str(results), existing="replace", cluster=cluster))


def run(folder: Path, results: Path, cluster: str) -> Summary:
    """The batch until it is over, as its summary tells of it."""
    return ended(begin(folder, results, cluster))


def ended(batch: Batch) -> Summary:
    """Waits for the summary."""
    while not batch.state.over:
        time.sleep(PERIOD)
    last: Summary | None = None
    told = 0
    while found := batch.events(told):
        told += len(found)
        last = found[-1][1] if isinstance(found[-1][1], Summary) else last
    assert last is not None
    return last


def speed(folder: Path, home: Path, cluster: Yard) -> float:
    """How many times as fast, once the kernels are compiled."""
    here = run(folder, home / "here", "").seconds
    return here / run(folder, home / "there", cluster.address).seconds


def cost(folder: Path, home: Path, cluster: Yard) -> float:
    """Milliseconds."""
    here = run(folder, home / "here", "").seconds
    return 1000 * (run(folder, home / "there", cluster.address).seconds - here) / SOME


@dataclass(slots=True)
class Told:
    """Of many pictures."""

    pace: float = 0.0
    """Pictures a second."""
    scheduler: int = 0
    """Bytes of memory, at most."""
    client: int = 0
    scheduler_cpu: float = 0.0
    """Seconds."""
    client_cpu: float = 0.0
    bytes: int = 0
    """Through the scheduler."""


def many(folder: Path, home: Path, cluster: Yard) -> Told:
    """A batch of them, looked at while it is done."""
    batch, told = begin(folder, home / "there", cluster.address), Told()
    scheduler = psutil.Process(cluster.scheduler.pid)
    before, busy, traffic = _traffic(cluster.address), _cpu(scheduler), dict[str, int]()
    while not batch.state.over:
        told.scheduler = max(told.scheduler, scheduler.memory_info().rss)
        record = load_record(batch.folder)
        with suppress(psutil.NoSuchProcess):
            if record is not None:
                client = psutil.Process(record.pid)
                told.client = max(told.client, client.memory_info().rss)
                told.client_cpu = _cpu(client)
        traffic |= _connections(cluster.address)
        time.sleep(PERIOD)
    summary = ended(batch)
    assert (summary.state, summary.done) == (State.DONE, MANY)
    told.pace, told.bytes = MANY / summary.seconds, sum(traffic.values()) - before
    told.scheduler_cpu = _cpu(scheduler) - busy
    return told


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _traffic(address: str) -> int:
    return sum(_connections(address).values())


def _connections(address: str) -> dict[str, int]:
    """Bytes both ways so far, by the other end (`ss` of iproute2)."""
    words = ["ss", "-tniH", "sport", "=", f":{address.rpartition(':')[2]}"]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    return {one.split()[4]: sum(map(int, SENT.findall(two))) for one, two in zip(lines[::2], lines[1::2], strict=False)}


def words(folder: Path, home: Path, cluster: Yard) -> tuple[float, float]:
    """Seconds from pause until nobody works, and from cancel until the batch is over."""
    batch, meter = begin(folder, home / "slow", cluster.address, SLOW), Meter("it")
    while not ((snapshot := batch.snapshot(meter)) and sum(lane.busy_seconds > 0 for lane in snapshot.lanes) == 2):
        time.sleep(PERIOD)
    began = time.perf_counter()
    batch.ask(Verb.PAUSE)
    while not ((snapshot := batch.snapshot(meter)) and all(lane.stage in AT_REST for lane in snapshot.lanes)):
        time.sleep(PERIOD)
    paused = time.perf_counter() - began
    batch.ask(Verb.RESUME)
    time.sleep(1.0)
    began = time.perf_counter()
    batch.ask(Verb.CANCEL)
    ended(batch)
    return paused, time.perf_counter() - began
