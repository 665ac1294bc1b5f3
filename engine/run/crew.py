"""The crew: worker threads that take files from one queue, help each other at its end, and report to a Board."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.job import Event, Skipped, Started, State, Summary, Tasks, Verb, move
from engine.kernels.layout import CANCEL, GO, PAUSE
from engine.run.ahead import Ahead
from engine.run.budget import Budget, Claim
from engine.run.compiler import all_compiled
from engine.run.development import Begun, Developed, Development, rendering_for, told
from engine.run.failure import attempted
from engine.run.memory import default_memory, resident
from engine.run.placing import Placing, names_at_once
from engine.run.prospect import Prospect, Prospects
from engine.run.rendering import Rendering, StoppedError
from engine.run.standing import all_unmade, may_replace, standing
from engine.run.totals import count, summarised
from engine.run.worker import Worker
from engine.telemetry import Board, Header, Stage

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.image import Image
    from engine.plan import Plan

SIGNALS = {State.PAUSED: PAUSE, State.CANCELLED: CANCEL}


class Crew:
    """Runs one batch. All methods return at once but `wait`, and may be called from any thread."""

    def __init__(
        self,
        specification: Specification,
        tasks: Tasks,
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
        self._prospects = Prospects(specification, workers)
        self._limit = specification.memory or default_memory()
        self._budget = Budget(self._limit, workers, len(tasks), self._changed, all_compiled)
        self._ahead = Ahead(self._prospects, specification.limits, self._budget, self._changed)
        self._placing = Placing(workers, self._changed, names_at_once(specification))
        self._began = self._cpu_before = self._ended = self._cpu_after = 0

    @property
    def state(self) -> State:
        """Where the batch stands."""
        return self._state

    def start(self) -> None:
        """Sets the threads to work."""
        with self._changed:
            # On the Board at once: nobody reads of a file begun by a batch that has not.
            self._board.state = self._state = move(self._state, Verb.START)
            self._began, self._cpu_before = time.monotonic_ns(), time.process_time_ns()
            self._board.words[Header.STARTED_NS] = self._began
            self._at_work = len(self._workers)
        for worker in self._workers:
            threading.Thread(target=self._work, args=(worker,), name=worker.name, daemon=True).start()
        threading.Thread(target=self._end, name="placing", daemon=True).start()

    def ask(self, verb: Verb) -> None:
        """Pause, resume, drain or cancel; BatchError when that means nothing now."""
        with self._changed:
            self._state = move(self._state, verb)
            if self._state not in (State.RUNNING, State.PAUSED):
                self._ahead.close()
            self._note()
            for rendering in self._renderings.values():
                rendering.signal(SIGNALS.get(self._state, GO))
            self._changed.notify_all()

    def publish(self) -> None:
        """Writes each thread's CPU time, the process's, its memory and the state to the Board."""
        for worker in self._workers:
            worker.publish()
        words = self._board.words
        words[Header.PROCESS_CPU_NS] = (self._cpu_after or time.process_time_ns()) - self._cpu_before
        words[Header.MEMORY], words[Header.MEMORY_LIMIT] = resident(), self._limit
        words[Header.NOW_NS] = self._ended or time.monotonic_ns()
        self._board.state = self._state

    def wait(self, timeout: float) -> bool:
        """True once every thread has ended."""
        with self._changed:
            return self._changed.wait_for(lambda: self._ended > 0, timeout)

    def summary(self) -> Summary:
        """What was done; the lanes' megapixels add up to those of the finished files."""
        self.publish()
        return summarised(self._board, self._workers, self._state, self._began)

    def _work(self, worker: Worker) -> None:
        """The life of one thread."""
        try:
            worker.begin()
            while (errand := self._next(worker)) is not None:
                errand()
                # Whoever waits for the next one must not keep the last one's pictures alive.
                del errand
        finally:
            worker.end()
            with self._changed:
                self._at_work -= 1
                if self._at_work == 0:
                    self._placing.close()

    def _end(self) -> None:
        """Files get their names until no worker makes any more: that is the end of the batch."""
        try:
            self._placing.run()
        finally:
            with self._changed:
                self._ended, self._cpu_after = time.monotonic_ns(), time.process_time_ns()
                self._changed.notify_all()

    def _next(self, worker: Worker) -> Callable[[], None] | None:
        """The next file, or another's file to help with, or None when nothing will come any more."""
        with self._changed:
            while not self._state.over:
                if self._state is State.RUNNING and self._waiting:
                    return partial(self._file, worker, *self._taken_up())
                if not self._under_way and (self._state is State.DRAINING or not self._waiting):
                    self._state = move(self._state, Verb.END)
                    self._changed.notify_all()
                    break
                if (errand := self._pastime(worker)) is not None:
                    return errand
            return None

    def _taken_up(self) -> tuple[int, Begun | None]:
        """The file whose turn it is, and its picture if that was decoded ahead; with the lock in hand."""
        index = self._ahead.first()
        if index is None:
            index = self._waiting.popleft()
        else:
            self._waiting.remove(index)
        self._under_way.add(index)
        return index, self._ahead.take(index)

    def _pastime(self, worker: Worker) -> Callable[[], None] | None:
        """What there is to do for others, or None after something changed; with the lock in hand."""
        if self._state is not State.PAUSED and self._renderings:
            index, rendering = min(self._renderings.items(), key=lambda each: each[1].hands)
            rendering.hands += 1
            return partial(self._help, worker, index, rendering)
        worker.enter(Stage.PAUSED if self._state is State.PAUSED else Stage.IDLE, -1)
        self._changed.wait()
        return None

    def _note(self) -> None:
        """Say what the batch waits for, with the lock in hand."""
        if self._state is State.DRAINING:
            self._board.say("finishing the files under way")
        elif self._loading and not self._compiled:
            self._board.say("compiling kernels")
        else:
            self._board.say("waiting for memory" if self._budget.short and not self._state.over else "")

    def _file(self, worker: Worker, index: int, begun: Begun | None) -> None:
        """One file until it is written; a thread of its own waits for the disk. Every fault becomes an event."""
        began, shares = time.monotonic(), dict[int, int]()
        worker.enter(Stage.READ, index)
        task = self._tasks[index]
        self._tell(Started(index, task.source))
        self._ahead.expect(self._waiting, self._tasks)
        developed = worker.noted(attempted(index, task, partial(self._developed, worker, index, begun, shares)))
        if not isinstance(developed, Developed):
            self._account(index, developed, shares)
            return
        place = partial(self._place, index, developed, began, shares)
        if not self._placing.hand(place) and place():
            worker.enter(Stage.IDLE)

    def _developed(
        self, worker: Worker, index: int, begun: Begun | None, shares: dict[int, int]
    ) -> Developed | Skipped:
        left_alone = standing(self._specification, index, task := self._tasks[index])
        return left_alone or self._development(worker, index, shares).develop(task, begun)

    def _place(self, index: int, developed: Developed, began: float, shares: dict[int, int]) -> bool:
        """Give a file its name, or leave nothing of it once the batch is cancelled; whether it has one."""
        task, given_up = self._tasks[index], self._state is State.CANCELLED
        outcome = attempted(index, task, partial(developed.placed, index, task, began, given_up))
        self._account(index, outcome, shares)
        return told(task, outcome)

    def _development(self, worker: Worker, index: int, shares: dict[int, int]) -> Development:
        return Development(
            self._specification,
            self._prospects,
            enter=partial(self._enter, worker),
            claim=partial(self._claim, worker, index),
            render=partial(self._render, worker, index, shares),
            replaces=may_replace(self._specification, index),
        )

    def _claim(self, worker: Worker, index: int, prospect: Prospect) -> Claim:
        """The memory of a file. Who has to wait for it helps others meanwhile."""
        self._budget.check(self._tasks[index].source, prospect.need)
        claim = self._budget.claim(prospect.need, partial(self._meanwhile, worker))
        with self._changed:
            self._note()
        worker.enter(Stage.READ, index)
        return claim

    def _meanwhile(self, worker: Worker) -> Callable[[], None] | None:
        """Called again and again while there is too little memory, with the lock in hand."""
        if self._state is State.CANCELLED:
            raise StoppedError
        self._note()
        return self._pastime(worker)

    def _account(self, index: int, outcome: Event | None, shares: dict[int, int]) -> None:
        """Count a file that is over, and give each lane its pixels if it was done."""
        with self._changed:
            self._under_way.discard(index)
            if outcome is not None:
                count(self._board, self._workers, outcome, shares)
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

    def _render(
        self, worker: Worker, index: int, shares: dict[int, int], plan: Plan, image: Image, result: Image
    ) -> None:
        """Lead a rendering that idle workers may join."""
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

    def _prepared(self, plan: Plan, image: Image, result: Image) -> Rendering:
        """A rendering with its stages compiled; the first one says that it may take a moment."""
        with self._changed:
            first, self._loading = not self._loading, True
            self._note()
        if not first:
            self._decode_ahead()
            return rendering_for(plan, image, result)
        try:
            return rendering_for(plan, image, result)
        finally:
            with self._changed:
                self._compiled = True
                self._note()

    def _decode_ahead(self) -> None:
        """Decode files to come while another thread has the kernels loaded, as far as there is memory."""
        while not self._compiled:
            with self._changed:
                going = self._state is State.RUNNING and all_unmade(self._specification)
                index = self._ahead.choose(self._waiting) if going else None
            if index is None or not self._ahead.decode(index, self._tasks[index]):
                return

    def _help(self, worker: Worker, index: int, rendering: Rendering) -> None:
        """Make tiles of another worker's picture, until it is whole."""
        worker.enter(Stage.FILTER, index)
        rendering.join(worker.desk)
        worker.enter(Stage.IDLE, -1)
