"""A crew with the shape of the real one that copies bytes instead of filtering, and the process that runs it.

What a file is called says what happens: `bad` fails, `held` (a FIFO) takes until somebody writes to it and can be
cancelled meanwhile, `stuck` (a FIFO) hangs as a codec may, `last-words` kills the process.
"""

import os
import select
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from engine.batch.process import serve
from engine.batch.specification import Specification
from engine.job import Event, Failed, Finished, LaneTotal, Skipped, Started, State, Summary, Task, Verb, move
from engine.telemetry import Board, Header, Row, Stage, lane_name


class StandIn:
    def __init__(
        self,
        specification: Specification,
        tasks: tuple[Task, ...],
        workers: int,
        board: Board,
        emit: Callable[[Event], None],
    ) -> None:
        if specification.quality == 1:
            raise RuntimeError("no crew today")
        self._tasks, self._board, self._emit = tasks, board, emit
        self._state, self._next = State.WAITING, 0
        self._changed = threading.Condition()
        self._counts = dict.fromkeys((Finished, Failed, Skipped), 0)
        self._threads = [threading.Thread(target=self._work, args=(slot,), daemon=True) for slot in range(workers)]

    @property
    def state(self) -> State:
        return self._state

    def start(self) -> None:
        self.ask(Verb.START)
        for thread in self._threads:
            thread.start()

    def ask(self, verb: Verb) -> None:
        with self._changed:
            self._state = move(self._state, verb)
            self._changed.notify_all()

    def publish(self) -> None:
        words = self._board.words
        words[Header.NOW_NS], words[Header.PROCESS_CPU_NS] = time.monotonic_ns(), time.process_time_ns()
        words[Header.DONE], words[Header.FAILED], words[Header.SKIPPED] = self._counts.values()
        words[Header.CREDITED_PIXELS] = self._counts[Finished] * 1_000_000
        self._board.state = self._state

    def wait(self, timeout: float) -> bool:
        for thread in self._threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    def summary(self) -> Summary:
        done, failed, skipped = self._counts.values()
        left = len(self._tasks) - done - failed - skipped
        lanes = tuple(LaneTotal(lane_name(slot), 0.0, 0.0, 0.0) for slot in range(len(self._threads)))
        return Summary(self._state, done, failed, skipped, left, 1.0, float(done), float(done), 0.1, lanes)

    def _work(self, slot: int) -> None:
        lane = self._board.lane(slot)
        while (index := self._claim()) >= 0:
            task = self._tasks[index]
            with self._changed:
                self._emit(Started(index, task.source))
            lane[Row.FILE], lane[Row.STAGE] = index, Stage.READ
            event = self._copy(index, task)
            lane[Row.FILE], lane[Row.STAGE] = -1, Stage.IDLE
            with self._changed:
                if event is None:
                    return
                self._counts[type(event)] += 1
                self._emit(event)
                if sum(self._counts.values()) == len(self._tasks) and not self._state.over:
                    self._state = move(self._state, Verb.END)

    def _claim(self) -> int:
        with self._changed:
            self._changed.wait_for(lambda: self._state is not State.PAUSED)
            if self._state is not State.RUNNING or self._next >= len(self._tasks):
                if self._state is State.DRAINING:
                    self._state = move(self._state, Verb.END)
                return -1
            self._next += 1
            return self._next - 1

    def _copy(self, index: int, task: Task) -> Finished | Failed | Skipped | None:
        name = os.path.basename(task.source)
        if name.startswith("last-words"):
            os.kill(os.getpid(), 9)
        if name.startswith("bad"):
            return Failed(index, task.source, f"{name} is bad.")
        if os.path.exists(task.output):
            return Skipped(index, task.source, task.output)
        flags = os.O_RDONLY | (os.O_NONBLOCK if name.startswith("held") else 0)
        source = os.open(task.source, flags)
        while name.startswith("held") and not select.select([source], [], [], 0.01)[0]:
            if self._state is State.CANCELLED:
                return None
        Path(task.output).parent.mkdir(parents=True, exist_ok=True)
        Path(task.output).write_bytes(os.read(source, 1 << 16))
        return Finished(index, task.source, task.output, 0.01, 1.0)


if __name__ == "__main__":
    sys.exit(serve(Path(sys.argv[1]), int(sys.argv[2]), StandIn))
