"""24 photographs from JPEG to JPEG: ours, a script with each library, and decoding and encoding alone, in turn."""

from __future__ import annotations

import importlib
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.batch.specification import Specification
from engine.bench import peers
from engine.bench.comparison import Pixels, Work
from engine.bench.picture import photograph
from engine.bench.setting import Setting
from engine.bench.timing import Timing, in_turn
from engine.files.decode import decode_bytes
from engine.files.encode import encode
from engine.files.limits import Limits
from engine.files.write import write_replacing
from engine.image import Image
from engine.job import Task
from engine.run.crew import Crew
from engine.stack import Stack
from engine.telemetry import Board

COUNT, MEGAPIXELS = 24, 8.5
STACK = ("exposure:ev=-0.3", "unsharp-mask:radius=1,amount=0.8")
QUALITY = 90
"""At which colour keeps its full resolution: so do the scripts."""
TIMES, CODECS = 1.4, 1.2
"""What is to be reached: times the best script, and at most so many times decoding and encoding alone."""
LONGEST = 600.0
"""Seconds that a batch may take."""
NAME = "24 photographs"


@dataclass(frozen=True, slots=True)
class Photographs:
    """What came of it; `scripts` by title."""

    ours: Timing
    codecs: Timing
    scripts: dict[str, Timing]

    @property
    def times(self) -> float | None:
        """How many times as fast as the best script we are."""
        best = max((timing.rate for timing in self.scripts.values()), default=None)
        return None if best is None else self.ours.rate / best

    @property
    def over_codecs(self) -> float:
        """How many times as long as decoding and encoding alone we take."""
        return self.ours.median / self.codecs.median

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        enough = self.times is None or self.times >= TIMES
        return {
            "name": NAME,
            "ours": self.ours.to_dict(),
            "codecs": self.codecs.to_dict(),
            "scripts": {title: timing.to_dict() for title, timing in self.scripts.items()},
            "times": None if self.times is None else round(self.times, 3),
            "aim": TIMES,
            "over_codecs": round(self.over_codecs, 3),
            "most_over_codecs": CODECS,
            "reached": enough and self.over_codecs <= CODECS,
        }


def measure_photographs(setting: Setting) -> Photographs:
    """All ways in turn, into the same folder on the same disk; every file is replaced each time."""
    with tempfile.TemporaryDirectory(prefix="safelight-bench-") as folder:
        pixels = photograph(MEGAPIXELS * setting.megapixels / 24.0)
        tasks, megapixels = _photographs(Path(folder), pixels), COUNT * pixels.shape[0] * pixels.shape[1] / 1e6
        recode = recoding()
        works: dict[str, Work] = {
            "ours": lambda: develop(tasks, setting.workers),
            "codecs": lambda: in_threads(recode, tasks, setting.workers),
        }
        for name, title in setting.peers.items():
            module: Any = importlib.import_module(f"{peers.__name__}.{name}")
            if hasattr(module, "photograph_maker"):
                works[title] = _script(module.photograph_maker(STACK, QUALITY), tasks, setting.workers)
                # The pool's threads are all there are: one file each.
                module.use(1)
        try:
            seconds = in_turn(works, setting.rounds)
        finally:
            if setting.peers:
                peers.use(setting.workers)
    timings = {name: Timing(times, megapixels) for name, times in seconds.items()}
    return Photographs(timings.pop("ours"), timings.pop("codecs"), timings)


def develop(tasks: list[Task], workers: int) -> None:
    """A batch on a crew of this process."""
    wanted = Specification(
        tuple(tasks), Stack.parse(STACK), light="encoded", quality=QUALITY, workers=workers, existing="replace"
    )
    crew = Crew(wanted, wanted.tasks, workers, Board.fresh(workers, len(tasks)), lambda _: None)
    crew.start()
    crew.wait(LONGEST)
    if crew.summary().done != len(tasks):
        raise RuntimeError("not every photograph was made")


def in_threads(work: Callable[[Task], object], tasks: list[Task], workers: int) -> None:
    """A pool of threads, as a script has it."""
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, tasks))


def _script(make: Callable[[str], bytes], tasks: list[Task], workers: int) -> Work:
    return lambda: in_threads(lambda task: write_replacing(task.output, make(task.source)), tasks, workers)


def recoding() -> Callable[[Task], None]:
    """Decoding and encoding that writes nothing, into memory that each thread uses again: fresh pages cost time."""
    local = threading.local()

    def empty(shape: tuple[int, ...], dtype: Any) -> Pixels:
        if getattr(local, "shape", None) != (shape, dtype):
            local.shape, local.pixels = (shape, dtype), np.empty(shape, dtype)
        pixels: Pixels = local.pixels
        return pixels

    def recode(task: Task) -> None:
        decoded = decode_bytes(task.source, Path(task.source).read_bytes(), Limits(), empty=empty)
        encode(decoded.image, "jpeg", QUALITY)

    return recode


def _photographs(folder: Path, pixels: Pixels) -> list[Task]:
    """Files that differ, flipped and moved sideways, and where their results go."""
    made = folder / "made"
    made.mkdir()
    tasks = []
    for number in range(COUNT):
        name = f"{number:02}.jpg"
        moved = np.ascontiguousarray(np.roll(pixels[:: -1 if number % 2 else 1], 37 * number, axis=1))
        (folder / name).write_bytes(encode(Image(moved), "jpeg", QUALITY))
        tasks.append(Task(str(folder / name), str(made / name)))
    return tasks
