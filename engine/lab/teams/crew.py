"""Threads that claim bands, one station each; a step ends when none is left for any of them. It measures nothing."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import reduce
from operator import add
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import SafelightError
from engine.lab.job import Job, Step
from engine.lab.lane import Lane, Moved
from engine.lab.room import Memory, Private, Room, make_room

if TYPE_CHECKING:
    from engine.lab.code.binding import Bound
    from engine.lab.teams.station import Station

MARK = 8
"""Bytes that say at which step a worker is."""


class Worker:
    """One thread; it does what it is told, one order after another."""

    def __init__(self, slot: int, open_station: Callable[[str], Station], marks: memoryview) -> None:
        self._slot, self._open, self._marks = slot, open_station, marks
        self._orders: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._answers: SimpleQueue[BaseException | None] = SimpleQueue()
        self._bound: Bound | None = None
        self.station: Station
        self.thread = threading.Thread(target=self._live, name=f"lab {slot + 1}", daemon=True)
        self.thread.start()

    def order(self, what: Callable[[], object] | None) -> None:
        """Something to do; None to end."""
        self._orders.put(what)

    def answer(self) -> BaseException | None:
        """How the last order ended, once it has."""
        return self._answers.get()

    def load(self, room: Room) -> None:
        """Be ready for a room."""
        self._bound = self.station.load(room)

    def mark(self, step: int) -> None:
        """Say which step it is at; before the order, as a thread that waits for the GIL cannot say so itself."""
        self._marks[self._slot] = step

    def work(self, step: Step, bands: deque[int]) -> None:
        """Do a step to bands until none is left."""
        assert self._bound is not None
        do = self._bound.of(step)
        try:
            while bands:
                try:
                    band = bands.popleft()
                except IndexError:
                    break
                do(band)
        finally:
            self.mark(0)

    def _live(self) -> None:
        try:
            self.station = self._open(f"worker {self._slot + 1}")
        except Exception as error:  # noqa: BLE001 - told to whoever opens the team
            self._answers.put(error)
            return
        self._answers.put(None)
        while (order := self._orders.get()) is not None:
            try:
                order()
            except Exception as error:  # noqa: BLE001 - told to whoever gave the order
                self._answers.put(error)
            else:
                self._answers.put(None)
        self.station.close()


class Crew:
    """A team of threads."""

    def __init__(
        self,
        workers: int,
        marks: memoryview | None,
        open_station: Callable[[str], Station],
        memory: Memory | None = None,
    ) -> None:
        """Stations are opened in their own threads, all at once; the memory is where rooms are made."""
        marks = marks or memoryview(bytearray(MARK * workers)).cast("q")
        self._memory = memory or Private()
        self._room: Room | None = None
        self._workers = [Worker(slot, open_station, marks) for slot in range(workers)]
        problems = [worker.answer() for worker in self._workers]
        self._workers = [each for each, problem in zip(self._workers, problems, strict=True) if problem is None]
        if len(self._workers) < workers:
            self.close()
            _raise(problems)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Who works."""
        return tuple(worker.station.lane for worker in self._workers)

    def load(self, job: Job) -> None:
        """Have a job's bytes where all workers reach them."""
        room = self._room = make_room(job, self._memory)
        try:
            self._all(lambda worker: worker.load(room))
        finally:
            self._memory.settle()

    def run(self, step: Step) -> None:
        """Do one step to all bands; SafelightError when a worker fails."""
        bands = deque(range(self.room.job.bands))
        for worker in self._workers:
            worker.mark(step)
        self._all(lambda worker: worker.work(step, bands))

    def echo(self, size: int) -> None:
        """Let one worker hand back so many bytes."""
        worker, content = self._workers[0], np.zeros(size, np.uint8)
        worker.order(lambda: worker.station.echo(content))
        _raise([worker.answer()])

    @property
    def room(self) -> Room:
        """Where the job lies that was loaded last."""
        assert self._room is not None
        return self._room

    def moved(self) -> Moved:
        """What all workers together have sent and got."""
        return reduce(add, (worker.station.moved for worker in self._workers), Moved())

    def close(self) -> None:
        """Let them go."""
        for worker in self._workers:
            worker.order(None)
        for worker in self._workers:
            worker.thread.join()
        self._workers, self._room = [], None

    def _all(self, order: Callable[[Worker], object]) -> None:
        for worker in self._workers:
            worker.order(lambda worker=worker: order(worker))  # type: ignore[misc]
        _raise([worker.answer() for worker in self._workers])


def _raise(problems: list[BaseException | None]) -> None:
    for problem in problems:
        if isinstance(problem, SafelightError):
            raise problem
        if problem is not None:
            raise SafelightError(f"A worker failed: {type(problem).__name__}: {problem}.") from problem
