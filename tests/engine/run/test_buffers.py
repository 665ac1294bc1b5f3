"""Memory for pixels that goes round: sizes, reuse, and an end to what is kept."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.run.buffers import STEP, Buffers, rounded

MEGABYTE = 1 << 20


@given(st.integers(1, 1 << 40))
def test_sizes_are_rounded_up_by_less_than_an_eighth(size: int) -> None:
    assert size <= rounded(size) < max(size + STEP, size * 9 / 8 + 1)
    assert rounded(rounded(size)) == rounded(size)


def test_what_is_given_back_is_lent_again() -> None:
    buffers = Buffers(2)
    buffers.limit(10 * MEGABYTE)
    first = buffers.take(MEGABYTE - 5)
    assert first.nbytes == MEGABYTE
    buffers.give_back(first)
    assert buffers.idle == MEGABYTE
    assert buffers.take(MEGABYTE - 9) is first
    assert buffers.idle == 0
    assert buffers.take(MEGABYTE) is not first


def test_another_size_gets_another_buffer() -> None:
    buffers = Buffers(2)
    buffers.limit(10 * MEGABYTE)
    buffers.give_back(buffers.take(2 * MEGABYTE))
    assert buffers.take(MEGABYTE).nbytes == MEGABYTE
    assert buffers.idle == 2 * MEGABYTE


@pytest.mark.parametrize("most", [0, MEGABYTE, 3 * MEGABYTE])
def test_no_more_is_kept_than_there_is_room_for(most: int) -> None:
    buffers = Buffers(9)
    buffers.limit(5 * MEGABYTE)
    for lent in [buffers.take(MEGABYTE) for _ in range(7)]:
        buffers.give_back(lent)
    assert buffers.idle == 5 * MEGABYTE
    buffers.limit(most)
    assert buffers.idle == most


def test_the_oldest_go_first_when_there_are_too_many() -> None:
    buffers = Buffers(2)
    buffers.limit(100 * MEGABYTE)
    old, middle, new = (buffers.take(size * MEGABYTE) for size in (1, 2, 4))
    for buffer in (old, middle, new):
        buffers.give_back(buffer)
    assert buffers.idle == 6 * MEGABYTE
    assert buffers.take(4 * MEGABYTE) is new
    assert buffers.take(MEGABYTE) is not old


def test_no_two_threads_are_lent_the_same() -> None:
    buffers = Buffers(8)
    buffers.limit(100 * MEGABYTE)

    def work(mark: int) -> None:
        for _ in range(300):
            buffer = buffers.take(STEP)
            buffer[:64] = mark
            assert (buffer[:64] == mark).all()
            buffers.give_back(buffer)

    failed: list[BaseException] = []

    def guarded(mark: int) -> None:
        try:
            work(mark)
        except AssertionError as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(mark,)) for mark in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert buffers.take(STEP).dtype == np.uint8
