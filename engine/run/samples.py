"""Some files of a batch really developed, as the batch would, on as many threads, and timed. It writes nothing."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import SafelightError
from engine.files.limits import Limits
from engine.files.proxy import proxy_of
from engine.run.budget import Budget, Claim
from engine.run.compiler import all_compiled
from engine.run.development import Development, rendering_for
from engine.run.ground import on_ground
from engine.run.memory import default_memory
from engine.run.prospect import Prospect, Prospects
from engine.run.rendering import Desk, StoppedError
from engine.run.worker import give_way
from engine.telemetry import NOTHING_SPENT, Spent, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.batch.specification import Specification
    from engine.image import Image
    from engine.job import Task
    from engine.plan import Plan

MOST = 12
"""Files that are developed."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """What came of a file."""

    index: int
    """Of its task."""
    format: str = ""
    """Of the source."""
    megapixels: float = 0.0
    """Of the source."""
    made: float = 0.0
    """Megapixels of the result."""
    read: int = 0
    """Bytes of the source."""
    spent: Spent = NOTHING_SPENT
    """Seconds; `wait` is reading."""
    bytes: int = 0
    """Of the result."""
    pixels: NDArray[np.uint8] | None = None
    """The result as it would be read again, H x W x 3 in sRGB, within the size asked for."""
    error: str = ""
    """Why there is nothing."""


def chosen(count: int, most: int = MOST) -> tuple[int, ...]:
    """`most` numbers below `count`, spread evenly and always the same; all of them where there are no more."""
    if count <= most:
        return tuple(range(count))
    return tuple((2 * number + 1) * count // (2 * most) for number in range(most))


def develop_samples(
    specification: Specification,
    indices: Sequence[int],
    size: tuple[int, int] | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Sample]:
    """Each as soon as it is there; `size` is the width and height, in pixels, that a small picture of it may have.

    Threads that are under way when the iterator is closed, or `stop` is set, end at their next stage.
    """
    trial = _Trial(specification, indices, size, stop or threading.Event())
    try:
        yield from trial.run()
    finally:
        trial.stop.set()


class _Trial:
    """The threads and what they share."""

    def __init__(
        self,
        specification: Specification,
        indices: Sequence[int],
        size: tuple[int, int] | None,
        stop: threading.Event,
    ) -> None:
        self.stop = stop
        self._specification = replace(specification, in_place=False)
        self._size, self._waiting = size, deque(indices)
        workers = min(specification.workers, len(indices))
        self._threads = [threading.Thread(target=self._work, name=f"sample {n}", daemon=True) for n in range(workers)]
        self._prospects = Prospects(specification, workers)
        self._changed = threading.Condition()
        limit = specification.memory or default_memory()
        self._budget = Budget(limit, workers, len(indices), self._changed, all_compiled)
        self._done = SimpleQueue[Sample]()

    def run(self) -> Iterator[Sample]:
        """Each as soon as it is there."""
        expected = len(self._waiting)
        for thread in self._threads:
            thread.start()
        for _ in range(expected):
            yield self._done.get()

    def _work(self) -> None:
        give_way()
        desk = Desk(0)
        while True:
            try:
                index = self._waiting.popleft()
            except IndexError:
                return
            try:
                sample = self._sample(index, desk)
            except SafelightError as error:
                sample = Sample(index, error=str(error))
            except StoppedError:
                sample = Sample(index, error="stopped")
            except Exception as error:  # noqa: BLE001 - told as the batch would: one bad file stops no other
                sample = Sample(index, error=f"{type(error).__name__}: {error}")
            self._done.put(sample)

    def _sample(self, index: int, desk: Desk) -> Sample:
        wanted, task = self._specification, self._specification.tasks[index]
        watch = _Watch(self.stop)

        def render(plan: Plan, image: Image, result: Image) -> None:
            # Loading compiled code comes once in a batch, not once a file.
            watch.enter(Stage.IDLE)
            rendering = rendering_for(plan, image, result)
            watch.enter(Stage.FILTER)
            rendering.lead(desk)

        development = Development(wanted, self._prospects, watch.enter, lambda each: self._claim(task, each), render)
        encoded = development.encoded(task)
        watch.enter(Stage.IDLE)
        facts, plan = encoded.prospect.facts, encoded.prospect.plan
        return Sample(
            index,
            encoded.prospect.source,
            facts.width * facts.height / 1e6,
            plan.height_out * plan.width_out / 1e6,
            encoded.prospect.read.size,
            watch.spent(),
            len(encoded.data),
            None if self._size is None else _small(task.output, encoded.data, self._size),
        )

    def _claim(self, task: Task, prospect: Prospect) -> Claim:
        self._budget.check(task.source, prospect.need)
        return self._budget.claim(prospect.need, self._meanwhile)

    def _meanwhile(self) -> Callable[[], None] | None:
        if self.stop.is_set():
            raise StoppedError
        self._changed.wait(0.1)
        return None


@dataclass(slots=True)
class _Watch:
    """How long one file was in each stage."""

    stop: threading.Event
    stage: Stage = Stage.IDLE
    since: float = 0.0
    seconds: dict[Stage, float] = field(default_factory=dict)

    def enter(self, stage: Stage) -> None:
        """The next stage begins, or StoppedError."""
        if self.stop.is_set():
            raise StoppedError
        now = time.perf_counter()
        self.seconds[self.stage] = self.seconds.get(self.stage, 0.0) + now - self.since
        self.stage, self.since = stage, now

    def spent(self) -> Spent:
        """All stages that are over."""
        of = self.seconds.get
        wait = of(Stage.READ, 0.0) + of(Stage.WRITE, 0.0)
        return Spent(of(Stage.DECODE, 0.0), of(Stage.FILTER, 0.0), of(Stage.ENCODE, 0.0), wait)


def _small(name: str, data: bytes, size: tuple[int, int]) -> NDArray[np.uint8]:
    return on_ground(np.ascontiguousarray(proxy_of(name, data, *size, Limits()).pixels))
