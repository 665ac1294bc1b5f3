"""What a contact sheet foretells of a batch of 44 photographs, against the batch: time and bytes, stack by stack."""

import os
import tempfile
import time
from pathlib import Path

from engine.batch.client import Batch
from engine.batch.outputs import plan_outputs
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.run.cpu import available_workers
from engine.run.prediction import predict
from engine.run.samples import chosen, develop_samples
from engine.stack import Stack
from tests.long.figures.figure import Figure
from tests.long.figures.photographs import copies

ROUNDS = 1
FILES = 44
CASES = (
    ("exposure:ev=0.5", "keep"),
    ("unsharp-mask", "jpeg"),
    ("gaussian-blur:sigma=4", "webp"),
    ("resize:width=1600,height=1600,fit=shrink", "jpeg"),
)
PERIOD = 0.02


def measure(rounds: int) -> list[Figure]:
    """By how much each is off, whichever way."""
    seconds, sizes = zip(*(once(*case) for _ in range(rounds) for case in CASES), strict=True)
    name = f"of a batch of {FILES} photographs, foretold from 12, for {len(CASES)} stacks"
    return [
        Figure(name=f"Time {name}", unit="% off", bound="at most", limit=25, values=seconds),
        Figure(name=f"Bytes {name}", unit="% off", bound="at most", limit=25, values=sizes),
    ]


def once(step: str, form: str) -> tuple[float, float]:
    """Per cent by which time and bytes are off."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        folder, results = copies(Path(scratch, "roll"), FILES), Path(scratch, "results")
        tasks = plan_outputs([str(folder)], str(results), form)
        wanted = Specification(
            tasks, Stack.parse([step]), format=form, workers=available_workers(), output=str(results)
        )
        told = predict(wanted, develop_samples(wanted, chosen(len(tasks))))
        assert told.seconds is not None
        began = time.perf_counter()
        wait(start(wanted))
        seconds = time.perf_counter() - began
        size = sum(os.path.getsize(task.output) for task in tasks)
    return 100 * abs(told.seconds / seconds - 1), 100 * abs(told.bytes / size - 1)


def wait(batch: Batch) -> None:
    """Until it is over."""
    while not batch.state.over:
        time.sleep(PERIOD)
