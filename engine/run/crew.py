"""The crew: worker threads that take files from one queue, help each other at its end, and report to a Board."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.name import show
from engine.job import Event, Failed, Finished, LaneTotal, Skipped, Started, State, Summary, Task, Verb, move
from engine.kernels.layout import CANCEL, GO, PAUSE
from engine.run.ahead import Ahead
from engine.run.development import Development, decode_task, rendering_for, result_for
from engine.run.rendering import Rendering, StoppedError
from engine.run.worker import Worker
from engine.telemetry import Board, Header, Row, Stage

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.files.decode import Decoded
    from engine.image import Image
    from engine.plan import Plan

SIGNALS = {State.PAUSED: PAUSE, State.CANCELLED: CANCEL}
COUNTERS = {Finished: Header.DONE, Failed: Header.FAILED, Skipped: Header.SKIPPED}
log = logging.getLogger("safelight")


class Crew:
    """Runs one batch. All methods return at once but `wait`, and may be called from any thread."""

    def __init__(
        self,
        specification: Specification,
        tasks: tuple[Task, ...],
        workers: int,
        board: Board,
        emit: Callable[[Event], None],
    ) -> None:
        """`emit` is called from worker threads, one event at a time, in the order in which things happened."""
        self._specification, self._tasks, self._board, self._emit = specification, tasks, board, emit
        self._changed = threading.Condition()
        self._state = State.WAITING
        self._waiting = deque(range(len(tasks)))
        self._under_way: set[int] = set()
        self._renderings: dict[int, Rendering] = {}
        self._workers = [Worker(slot, board) for slot in range(workers)]
        self._at_work = 0
        self._loading = self._compiled = False
        self._ahead = Ahead()
        self._began = self._cpu_before = self._ended = self._cpu_after = 0

    @property
    def state(self) -> State:
        """Where the batch stands."""
        return self._state

    def start(self) -> None:
        """Sets the threads to work."""
        with self._changed:
            self._state = move(self._state, Verb.START)
            self._began, self._cpu_before = time.monotonic_ns(), time.process_time_ns()
            self._board.words[Header.STARTED_NS] = self._began
            self._at_work = len(self._workers)
        for worker in self._workers:
            threading.Thread(target=self._work, args=(worker,), name=worker.name, daemon=True).start()

    def ask(self, verb: Verb) -> None:
        """Pause, resume, drain or cancel; BatchError when that means nothing now."""
        with self._changed:
            self._state = move(self._state, verb)
            self._board.say("finishing the files under way" if self._state is State.DRAINING else "")
            for rendering in self._renderings.values():
                rendering.signal(SIGNALS.get(self._state, GO))
            self._changed.notify_all()

    def publish(self) -> None:
        """Writes each thread's CPU time, the process's and the state to the Board."""
        for worker in self._workers:
            worker.row[Row.CPU_NS] = worker.cpu_ns()
        words = self._board.words
        words[Header.PROCESS_CPU_NS] = (self._cpu_after or time.process_time_ns()) - self._cpu_before
        words[Header.NOW_NS] = self._ended or time.monotonic_ns()
        self._board.state = self._state

    def wait(self, timeout: float) -> bool:
        """True once every thread has ended."""
        with self._changed:
            return self._changed.wait_for(lambda: self._ended > 0, timeout)

    def summary(self) -> Summary:
        """What was done; the lanes' megapixels add up to those of the finished files."""
        self.publish()
        words = self._board.words
        done, failed, skipped = words[Header.DONE], words[Header.FAILED], words[Header.SKIPPED]
        seconds = (words[Header.NOW_NS] - self._began) / 1e9 if self._began else 0.0
        megapixels = words[Header.CREDITED_PIXELS] / 1e6
        return Summary(
            state=self._state,
            done=done,
            failed=failed,
            skipped=skipped,
            left=len(self._tasks) - done - failed - skipped,
            seconds=seconds,
            megapixels=megapixels,
            megapixels_per_second=megapixels / seconds if seconds > 0 else 0.0,
            process_cpu_seconds=words[Header.PROCESS_CPU_NS] / 1e9,
            workers=tuple(
                LaneTotal(
                    worker.name,
                    worker.row[Row.BUSY_NS] / 1e9,
                    worker.row[Row.CPU_NS] / 1e9,
                    worker.row[Row.CREDITED_PIXELS] / 1e6,
                )
                for worker in self._workers
            ),
        )

    def _work(self, worker: Worker) -> None:
        """The life of one thread."""
        try:
            worker.begin()
            while (errand := self._next(worker)) is not None:
                errand()
        finally:
            worker.end()
            with self._changed:
                self._at_work -= 1
                if self._at_work == 0:
                    self._ended, self._cpu_after = time.monotonic_ns(), time.process_time_ns()
                self._changed.notify_all()

    def _next(self, worker: Worker) -> Callable[[], None] | None:
        """The next file, or another's file to help with, or None when nothing will come any more."""
        with self._changed:
            while not self._state.over:
                if self._state is State.RUNNING and self._waiting:
                    index = self._waiting.popleft()
                    self._under_way.add(index)
                    return partial(self._file, worker, index)
                if not self._under_way and (self._state is State.DRAINING or not self._waiting):
                    self._state = move(self._state, Verb.END)
                    self._changed.notify_all()
                    break
                if self._state is not State.PAUSED and self._renderings:
                    index, rendering = min(self._renderings.items(), key=lambda each: each[1].hands)
                    rendering.hands += 1
                    return partial(self._help, worker, index, rendering)
                worker.enter(Stage.PAUSED if self._state is State.PAUSED else Stage.IDLE, -1)
                self._changed.wait()
            return None

    def _file(self, worker: Worker, index: int) -> None:
        """One file from start to end; every fault becomes an event."""
        task, began = self._tasks[index], time.monotonic()
        shares: dict[int, int] = {}
        outcome: Event | None = None
        try:
            worker.enter(Stage.READ, index)
            self._tell(Started(index, task.source))
            if self._specification.existing == "skip" and os.path.lexists(task.output):
                outcome = Skipped(index, task.source, task.output)
            else:
                render = partial(self._render, worker, index, shares)
                developed = Development(self._specification, partial(self._enter, worker), render).develop(
                    task, self._taken(index)
                )
                seconds = time.monotonic() - began
                megapixels = developed.pixels / 1e6
                outcome = Finished(index, task.source, task.output, seconds, megapixels, developed.notes)
        except StoppedError:
            log.info("%s was given up: the batch is cancelled.", show(task.source))
        except SafelightError as error:
            outcome = Failed(index, task.source, str(error))
        except MemoryError:
            outcome = Failed(
                index, task.source, f"{show(task.source)} needs more memory than there is: use --workers 1."
            )
        except Exception as error:
            log.exception("%s failed.", show(task.source))
            reason = f"{type(error).__name__}: {error}"
            outcome = Failed(index, task.source, f"{show(task.source)} met a fault of Safelight's own ({reason}).")
        self._account(index, outcome, shares)
        if isinstance(outcome, Finished):
            worker.enter(Stage.IDLE)

    def _account(self, index: int, outcome: Event | None, shares: dict[int, int]) -> None:
        """Count a file that is over, and give each lane its pixels if it was done."""
        words = self._board.words
        with self._changed:
            self._under_way.discard(index)
            if outcome is not None:
                words[COUNTERS[type(outcome)]] += 1
                if isinstance(outcome, Finished):
                    words[Header.CREDITED_PIXELS] += sum(shares.values())
                    for slot, pixels in shares.items():
                        self._workers[slot].row[Row.CREDITED_PIXELS] += pixels
                self._emit(outcome)
            self._changed.notify_all()

    def _tell(self, event: Event) -> None:
        with self._changed:
            self._emit(event)

    def _enter(self, worker: Worker, stage: Stage) -> None:
        """The gate between stages: waits while the batch is paused, raises StoppedError once it is cancelled."""
        with self._changed:
            while self._state is State.PAUSED:
                worker.enter(Stage.PAUSED)
                self._changed.wait()
            if self._state is State.CANCELLED:
                raise StoppedError
        worker.enter(stage)

    def _render(self, worker: Worker, index: int, shares: dict[int, int], plan: Plan, image: Image) -> Image:
        """Lead a rendering that idle workers may join."""
        result = result_for(plan, image)
        rendering = self._prepared(plan, image, result)
        with self._changed:
            rendering.signal(SIGNALS.get(self._state, GO))
            self._renderings[index] = rendering
            self._changed.notify_all()
        try:
            rendering.lead(worker.desk)
        finally:
            with self._changed:
                del self._renderings[index]
        shares.update(rendering.credits())
        return result

    def _prepared(self, plan: Plan, image: Image, result: Image) -> Rendering:
        """A rendering with its stages compiled; the first one says that it may take a moment."""
        with self._changed:
            first, self._loading = not self._loading, True
        if not first:
            self._decode_ahead()
            return rendering_for(plan, image, result)
        self._board.say("compiling kernels")
        try:
            return rendering_for(plan, image, result)
        finally:
            self._compiled = True
            self._board.say("")

    def _decode_ahead(self) -> None:
        """Decode files to come while another thread has the kernels loaded, which takes it most of a second."""
        while not self._compiled:
            with self._changed:
                going = self._state is State.RUNNING and self._specification.existing != "skip"
                index = self._ahead.choose(self._waiting) if going else None
            if index is None:
                return
            try:
                decoded = decode_task(self._tasks[index], self._specification.limits)
            except (SafelightError, MemoryError) as error:
                # Its own turn will tell of it.
                log.info("%s was not decoded ahead: %s", show(self._tasks[index].source), error)
                continue
            with self._changed:
                self._ahead.keep(index, decoded)

    def _taken(self, index: int) -> Decoded | None:
        """The file's picture, if it was decoded ahead."""
        with self._changed:
            return self._ahead.take(index)

    def _help(self, worker: Worker, index: int, rendering: Rendering) -> None:
        """Make tiles of another worker's picture, until it is whole."""
        worker.enter(Stage.FILTER, index)
        rendering.join(worker.desk)
        worker.enter(Stage.IDLE, -1)
