"""Sharing out memory: never more than there is, first come first served, nobody left waiting for ever."""

import random
import threading
from collections.abc import Callable

import numpy as np
import pytest

from engine.errors import ImageError
from engine.run.budget import COMPILER_BYTES, PROCESS_BYTES, WORKER_BYTES, Budget, Claim
from tests.engine.run.conftest import DEADLINE, until

MEGABYTE = 1 << 20


def budget_of(room: int, changed: threading.Condition | None = None) -> Budget:
    limit = PROCESS_BYTES + COMPILER_BYTES + WORKER_BYTES + room
    return Budget(limit, 1, 0, changed or threading.Condition(), lambda: False)


def unexpected() -> None:
    raise AssertionError("nobody should have to wait")


def test_a_file_that_fits_alone_is_let_in_and_one_that_does_not_is_told_the_flag() -> None:
    budget = budget_of(100 * MEGABYTE)
    budget.check("a.jpg", 100 * MEGABYTE)
    with pytest.raises(ImageError, match=r"^b\.jpg takes 101 MB .*--memory 361M or more\.$"):
        budget.check("b.jpg", 100 * MEGABYTE + 1)
    with pytest.raises(ImageError, match="--memory"):
        Budget(0, 1, 0, threading.Condition(), lambda: True).check("c.jpg", 1)


def test_the_list_of_files_and_the_threads_count_too() -> None:
    limit = PROCESS_BYTES + 64 * WORKER_BYTES + 100 * MEGABYTE
    budget = Budget(limit, 64, 100_000, threading.Condition(), lambda: True)
    budget.check("a.jpg", 51 * MEGABYTE)
    with pytest.raises(ImageError):
        budget.check("a.jpg", 100 * MEGABYTE)


def test_memory_is_free_again_after_a_claim_once() -> None:
    budget = budget_of(10)
    first = budget.claim(10, unexpected)
    assert budget.claim_now(1) is None
    first.release()
    first.release()
    second = budget.claim_now(10)
    assert second is not None
    assert budget.claim_now(1) is None


def test_pixels_lie_in_buffers_that_are_used_again() -> None:
    budget = budget_of(10 * MEGABYTE)
    claim = budget.claim(4 * MEGABYTE, unexpected)
    pixels = claim.empty((600, 700, 3), np.uint8)
    assert (pixels.shape, pixels.dtype, pixels.flags.c_contiguous) == ((600, 700, 3), np.uint8, True)
    address = pixels.ctypes.data
    claim.give_back(np.zeros((2, 2, 1), np.uint8))
    claim.give_back(pixels)
    again = claim.empty((700, 300, 3), np.uint16)
    assert again.ctypes.data == address
    claim.release()
    later = budget.claim(4 * MEGABYTE, unexpected)
    assert later.empty((600, 700, 3), np.uint8).ctypes.data == address


def test_idle_buffers_make_way_for_those_who_need_the_memory() -> None:
    budget = budget_of(10 * MEGABYTE)
    claim = budget.claim(8 * MEGABYTE, unexpected)
    for pixels in [claim.empty((1 << 20, 4, 1), np.uint8) for _ in range(2)]:
        claim.give_back(pixels)
    assert budget.buffers.idle == 0
    pixels = claim.empty((1 << 20, 4, 1), np.uint8)
    claim.release()
    assert budget.buffers.idle == 4 * MEGABYTE
    budget.claim(9 * MEGABYTE, unexpected)
    assert budget.buffers.idle == 0
    assert pixels.nbytes == 4 * MEGABYTE


def test_who_gives_up_leaves_the_line() -> None:
    changed = threading.Condition()
    budget = budget_of(10, changed)
    held = budget.claim(10, unexpected)

    def give_up() -> None:
        assert budget.short
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        budget.claim(5, give_up)
    assert not budget.short
    held.release()
    assert budget.claim_now(10) is not None


def test_meanwhile_others_are_helped_without_the_lock() -> None:
    changed = threading.Condition()
    budget = budget_of(10, changed)
    held = [budget.claim(10, unexpected)]

    def elsewhere(act: Callable[[], object]) -> None:
        thread = threading.Thread(target=act)
        thread.start()
        thread.join(DEADLINE)
        assert not thread.is_alive(), "the lock was held"

    def helping() -> Callable[[], None] | None:
        return (lambda: elsewhere(held.pop().release)) if held else unexpected()

    assert budget.claim(10, helping).need == 10


def test_many_threads_never_take_more_than_there_is_and_all_have_their_turn() -> None:
    changed = threading.Condition()
    room = 1000
    budget = budget_of(room, changed)
    taken, most, turns = 0, 0, 0
    counting = threading.Lock()

    def wait() -> None:
        assert changed.wait(DEADLINE)

    def count(claim: Claim, sign: int) -> None:
        nonlocal taken, most, turns
        with counting:
            taken += sign * claim.need
            most = max(most, taken)
            turns += sign > 0

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(50):
            claim = budget.claim(chance.choice((1, 50, 400, 999, room)), wait)
            count(claim, 1)
            count(claim, -1)
            claim.release()

    threads = [threading.Thread(target=work, args=(seed,), daemon=True) for seed in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    assert turns == 12 * 50
    assert most <= room
    assert not budget.short


def test_the_first_in_line_is_not_overtaken() -> None:
    changed = threading.Condition()
    budget = budget_of(10, changed)
    small, big = budget.claim(4, unexpected), threading.Event()

    def wait() -> None:
        changed.wait(DEADLINE)

    def take_all() -> None:
        budget.claim(10, wait)
        big.set()

    thread = threading.Thread(target=take_all, daemon=True)
    thread.start()
    until(lambda: budget.short)
    assert budget.claim_now(1) is None
    small.release()
    assert big.wait(DEADLINE)


def test_what_is_put_by_for_the_compiler_is_used_when_nothing_has_to_be_compiled() -> None:
    asked: list[bool] = []

    def complete() -> bool:
        asked.append(True)
        return True

    limit = PROCESS_BYTES + COMPILER_BYTES + WORKER_BYTES + 10 * MEGABYTE
    budget = Budget(limit, 1, 0, threading.Condition(), complete)
    budget.check("a.jpg", 10 * MEGABYTE)
    assert not asked
    budget.check("b.jpg", 11 * MEGABYTE)
    budget.check("c.jpg", 10 * MEGABYTE + COMPILER_BYTES)
    assert len(asked) == 1
    with pytest.raises(ImageError):
        budget.check("d.jpg", 11 * MEGABYTE + COMPILER_BYTES)
    assert budget.claim(10 * MEGABYTE + COMPILER_BYTES, unexpected).need > COMPILER_BYTES
    assert len(asked) == 1
