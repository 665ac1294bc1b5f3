"""The Board as numbers in memory, and the progress line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BatchError
from engine.job import State
from engine.telemetry import NOTES, Board, Header, Row, Snapshot, Stage


def test_a_fresh_board_waits_and_nobody_works() -> None:
    board = Board.fresh(workers=3, total=7)
    assert (board.workers, board.words[Header.TOTAL], board.state, board.note) == (3, 7, State.WAITING, "")
    assert [list(board.lane(slot)) for slot in range(3)] == [[Stage.IDLE, -1, *[0] * 14]] * 3
    assert len(board.words) * 8 == 256 + 3 * 128


def test_lanes_are_views_and_do_not_touch_each_other() -> None:
    board = Board.fresh(workers=2, total=1)
    first, second = board.lane(0), board.lane(1)
    first[Row.LIVE_PIXELS] = 2**62
    second[Row.CPU_NS] = -1
    assert board.lane(0)[Row.LIVE_PIXELS] == 2**62
    assert board.lane(0)[Row.CPU_NS] == 0
    assert Board(bytes(board.words)).lane(1)[Row.CPU_NS] == -1


@pytest.mark.parametrize("state", State)
def test_state_comes_back(state: State) -> None:
    board = Board.fresh(workers=1, total=1)
    board.state = state
    assert Board(bytes(board.words)).state is state


def test_notes_count() -> None:
    board = Board.fresh(workers=1, total=1)
    board.say("compiling kernels", 2, 5)
    assert board.note == "compiling kernels 2 of 5"
    board.say("waiting for memory")
    assert board.note == "waiting for memory"
    board.words[Header.NOTE] = len(NOTES)
    assert board.note == ""


@given(st.binary(max_size=400))
def test_bytes_that_are_no_board_are_refused(data: bytes) -> None:
    with pytest.raises(BatchError, match="damaged"):
        Board(data)


@pytest.mark.parametrize("workers", [-1, 3, 2**40])
def test_a_board_cut_short_is_refused(workers: int) -> None:
    board = Board.fresh(workers=2, total=1)
    board.words[Header.WORKERS] = workers
    with pytest.raises(BatchError, match="damaged"):
        Board(bytes(board.words))


def test_what_is_left_is_neither_done_nor_failed_nor_skipped() -> None:
    assert Snapshot("b", State.RUNNING, 1.0, (), (), 10, 4, 1, 2, 12.0, 3.14159, 7.77).left == 3
