"""Pictures judged on threads, as far as they are done whenever somebody asks. It tells nobody and writes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from engine.culling.score import SIDE, Outcome, Unreadable, score
from engine.errors import ImageError
from engine.files.format import Facts
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.proxy import proxy
from engine.files.source import expect
from engine.job import State, Verb, move
from engine.meter import Meter
from engine.run.cpu import available_workers
from engine.run.memory import default_memory
from engine.run.worker import Worker
from engine.telemetry import Board, Header, Row, Snapshot, Stage


class Culling:
    """The scores of some files. All methods return at once but `wait`, and may be called from any thread."""

    def __init__(
        self,
        paths: Sequence[str],
        limits: Limits | None = None,
        workers: int | None = None,
        memory: int | None = None,
    ) -> None:
        """Without a number of workers there are as many threads as cores that this process may use.

        `memory` is what decoding may take at one time, in bytes; a file that needs more is decoded alone.
        """
        self._paths, self._limits = tuple(paths), limits or Limits()
        self._memory, self._taken = memory or default_memory(), 0
        self._board = Board.fresh(min(workers or available_workers(), len(self._paths)), len(self._paths))
        self._workers = [Worker(slot, self._board) for slot in range(self._board.workers)]
        self._meter = Meter(f"culling {time.monotonic_ns()}")
        self._changed = threading.Condition()
        self._state = State.WAITING
        self._outcomes: list[Outcome] = []
        self._next = 0
        self._at_work = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """The files."""
        return self._paths

    @property
    def over(self) -> bool:
        """Whether no thread is at work, or ever will be."""
        return self._state.over

    def start(self) -> None:
        """Sets the threads to work; once."""
        with self._changed:
            self._state = move(self._state, Verb.START)
            self._board.words[Header.STARTED_NS] = time.monotonic_ns()
            self._at_work = len(self._workers)
            self._finish()
        for worker in self._workers:
            threading.Thread(target=self._work, args=(worker,), name=worker.name, daemon=True).start()

    def outcomes(self, start: int = 0) -> tuple[Outcome, ...]:
        """What is done so far, in the order in which it was done, from that number on."""
        with self._changed:
            return tuple(self._outcomes[start:])

    def snapshot(self, cores: tuple[float, ...] = ()) -> Snapshot:
        """What each thread is doing; a lane's file is a place among `paths`. `cores` are passed on."""
        with self._changed:
            words = self._board.words
            for worker in self._workers:
                worker.publish()
            if not self._state.over:
                words[Header.NOW_NS] = time.monotonic_ns()
            self._board.state = self._state
            return self._meter.read(self._board, time.monotonic_ns(), cores)

    def cancel(self) -> None:
        """Begin no other file; those under way are finished and counted."""
        with self._changed:
            if self._state in (State.WAITING, State.RUNNING):
                self._state = move(self._state, Verb.DRAIN)
                self._changed.notify_all()

    def wait(self, timeout: float) -> bool:
        """True once all threads have ended; False when that takes longer, in seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._state.over, timeout)

    def _work(self, worker: Worker) -> None:
        try:
            worker.begin()
            while (number := self._taken_up()) is not None:
                ahead = number + len(self._workers)
                if ahead < len(self._paths):
                    expect(self._paths[ahead])
                outcome = self._judged(worker, number)
                with self._changed:
                    self._outcomes.append(outcome)
                    self._count(outcome)
                    worker.enter(Stage.IDLE, -1)
        finally:
            worker.end()
            with self._changed:
                self._at_work -= 1
                self._finish()

    def _count(self, outcome: Outcome) -> None:
        words = self._board.words
        if isinstance(outcome, Unreadable):
            words[Header.FAILED] += 1
        else:
            words[Header.DONE] += 1
            words[Header.CREDITED_PIXELS] += outcome.width * outcome.height

    def _finish(self) -> None:
        """Where nobody is at work any more, that is the end."""
        if self._at_work == 0:
            self._state = move(self._state, Verb.END)
            self._board.words[Header.NOW_NS] = time.monotonic_ns()
            self._changed.notify_all()

    def _taken_up(self) -> int | None:
        """The number of the next file; None when there is none."""
        with self._changed:
            if self._state is not State.RUNNING or self._next == len(self._paths):
                return None
            self._next += 1
            return self._next - 1

    def _judged(self, worker: Worker, number: int) -> Outcome:
        """The score of a file, or why there is none."""
        path = self._paths[number]
        try:
            worker.enter(Stage.READ, number)
            form, facts, edition = examine_file(path, self._limits)
            with self._claimed(edition.size + _needed(facts)):
                worker.enter(Stage.DECODE)
                small = proxy(path, SIDE, SIDE, self._limits)
            worker.enter(Stage.FILTER)
            outcome = score(path, form, facts, small)
        except ImageError as error:
            return Unreadable(path, str(error))
        except Exception as error:  # noqa: BLE001 - one file, whatever is wrong with it or with us, never stops the others
            return Unreadable(path, f"{show(path)} could not be judged ({type(error).__name__}): leave it out.")
        worker.row[Row.LIVE_PIXELS] += outcome.width * outcome.height
        worker.row[Row.CREDITED_PIXELS] += outcome.width * outcome.height
        return outcome

    @contextmanager
    def _claimed(self, need: int) -> Iterator[None]:
        """So much memory, as soon as it is free."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken or self._taken + need <= self._memory)
            self._taken += need
        try:
            yield
        finally:
            with self._changed:
                self._taken -= need
                self._changed.notify_all()


def _needed(facts: Facts) -> int:
    """Bytes that decoding takes at most: not all formats can be decoded at a fraction of their size."""
    return facts.width * facts.height * facts.channels * facts.itemsize + facts.work
