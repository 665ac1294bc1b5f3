"""A worker thread's row of the Board, its clock and its niceness."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.job import Failed
from engine.run.clock import ThreadClock
from engine.run.worker import NICENESS, Worker
from engine.telemetry import Board, Row, Stage
from tests.engine.run.conftest import until

NICE = """
import os, threading
from engine.run.worker import Worker
from engine.telemetry import Board

def work():
    Worker(0, Board.fresh(1, 1)).begin()
    print(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

os.nice({0})
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


@pytest.fixture
def board() -> Board:
    return Board.fresh(1, 3)


def test_a_reader_never_sees_the_last_files_progress_on_the_next(board: Board) -> None:
    """The row as it is after each single write of one change of file."""
    worker = Worker(0, board)
    worker.enter(Stage.READ, 0)
    worker.enter(Stage.WRITE)
    worker.row[Row.BANDS_DONE], worker.row[Row.BANDS_TOTAL] = 8, 8
    seen: list[tuple[int, int, int]] = []

    class Watched:
        def __getitem__(self, at: int) -> int:
            return board.lane(0)[at]

        def __setitem__(self, at: int, value: int) -> None:
            board.lane(0)[at] = value
            row = board.lane(0)
            seen.append((row[Row.FILE], row[Row.STAGE], row[Row.BANDS_TOTAL]))

    worker.row = Watched()  # type: ignore[assignment]
    worker.enter(Stage.READ, 1)
    assert seen[-1] == (1, Stage.READ, 0)
    assert [each for each in seen if each[0] == 1] == [(1, Stage.READ, 0)]


def test_only_work_counts_as_busy(board: Board) -> None:
    worker = Worker(0, board)
    worker.enter(Stage.IDLE, -1)
    worker.enter(Stage.READ, 0)
    assert worker.row[Row.BUSY_NS] == 0
    worker.enter(Stage.PAUSED)
    busy = worker.row[Row.BUSY_NS]
    assert busy > 0
    worker.enter(Stage.FILTER)
    assert worker.row[Row.BUSY_NS] == busy
    worker.enter(Stage.IDLE, -1)
    assert worker.row[Row.BUSY_NS] > busy


def test_every_stage_is_timed_by_itself(board: Board) -> None:
    worker = Worker(0, board)
    for stage in (Stage.READ, Stage.DECODE, Stage.FILTER, Stage.ENCODE, Stage.FILTER, Stage.WRITE):
        worker.enter(stage, 0)
        time.sleep(0.001)
    worker.enter(Stage.IDLE, -1)
    decode, filtering, encode = (worker.row[row] for row in (Row.DECODE_NS, Row.FILTER_NS, Row.ENCODE_NS))
    assert min(decode, filtering / 2, encode) >= 1_000_000
    reading_and_writing = worker.row[Row.BUSY_NS] - decode - filtering - encode
    assert reading_and_writing >= 2_000_000
    assert worker.row[Row.SINCE_NS] > 0


def test_a_file_that_could_not_be_done_counts_against_its_thread(board: Board) -> None:
    worker = Worker(0, board)
    for outcome in (Failed(0, "a.jpg", "a.jpg is cut short."), Failed(1, "b.jpg", "b.jpg is cut short."), None):
        assert worker.noted(outcome) is outcome
    assert worker.row[Row.FAILED] == 2


def test_a_threads_clock_is_read_from_outside_and_outlives_it() -> None:
    clock, go_on = ThreadClock(), threading.Event()

    def work() -> None:
        clock.start()
        while not go_on.is_set():
            sum(range(1000))
        clock.stop()

    assert clock.read() == 0
    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: clock.read() > 5_000_000)
    first = clock.read()
    until(lambda: clock.read() > first)
    go_on.set()
    thread.join()
    total = clock.read()
    assert total >= first
    assert clock.read() == total


def test_where_no_clock_can_be_read_from_outside_the_thread_tells_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    clock = ThreadClock()
    clock.start()
    assert clock.read() == 0
    clock.tick()
    assert 0 < clock.read() <= time.thread_time_ns()


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own on Linux only")
@pytest.mark.parametrize("before", [0, 12])
def test_workers_give_way_and_never_take_back_what_nice_gave(before: int) -> None:
    here = os.nice(0)
    code = NICE.format(before)
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert int(done.stdout) == max(NICENESS, min(19, here + before))
