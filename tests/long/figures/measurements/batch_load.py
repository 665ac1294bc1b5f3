"""A batch of 48 photographs: how much of the cores its workers use, and whether their times add up."""

import tempfile
import time
from pathlib import Path

from engine.batch.outputs import plan_outputs
from engine.batch.specification import Specification
from engine.engine import Engine
from engine.job import Summary
from engine.stack import Stack
from engine.telemetry import Snapshot
from tests.long.figures.figure import Figure
from tests.long.figures.photographs import copies

ROUNDS = 3
FILES = 48
WORKERS = 2
STACK = ("exposure:ev=0.5", "gamma:gamma=1.2", "unsharp-mask")
PERIOD = 0.02


def measure(rounds: int) -> list[Figure]:
    """From what every client sees of a batch."""
    loads, differences = zip(*(once() for _ in range(rounds)), strict=True)
    return [
        Figure(
            name=f"Load of {WORKERS} cores by a batch of {FILES} files, each worker's last aside",
            unit="%",
            bound="at least",
            limit=90,
            values=loads,
        ),
        Figure(
            name="Workers' CPU time against their process's",
            unit="% apart",
            bound="at most",
            limit=5,
            values=differences,
            judged="worst",
        ),
    ]


def once() -> tuple[float, float]:
    """The load until the first worker began its last file, and how far the workers' CPU time is from the process's."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        folder, results = copies(Path(scratch, "roll"), FILES), str(Path(scratch, "results"))
        tasks = plan_outputs([str(folder)], results, "keep", "fail")
        engine = Engine()
        batch = engine.submit(Specification(tasks=tasks, stack=Stack.parse(STACK), workers=WORKERS, output=results))
        seen = follow(engine, batch)
        summary = next(event for _, event in engine.events(batch, 2 * FILES) if isinstance(event, Summary))
        engine.close()
    assert summary.done == FILES, summary
    lanes = sum(lane.cpu_seconds for lane in summary.workers)
    process = summary.process_cpu_seconds
    return load(seen), 100 * abs(lanes - process) / process


def follow(engine: Engine, batch: str) -> list[Snapshot]:
    """What is seen of the batch until it is over."""
    seen: list[Snapshot] = []
    while not seen or not seen[-1].state.over:
        snapshot = engine.snapshot(batch)
        if snapshot is not None:
            seen.append(snapshot)
        time.sleep(PERIOD)
    return seen


def load(seen: list[Snapshot]) -> float:
    """Per cent of the cores' time that the workers used before the first of them took up its last file."""
    begun: dict[int, Snapshot] = {}
    for snapshot in seen:
        for slot, lane in enumerate(snapshot.lanes):
            if lane.file >= 0 and (slot not in begun or begun[slot].lanes[slot].file != lane.file):
                begun[slot] = snapshot
    until = min(begun.values(), key=lambda snapshot: snapshot.seconds)
    return 100 * sum(lane.cpu_seconds for lane in until.lanes) / (WORKERS * until.seconds)
