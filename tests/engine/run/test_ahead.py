"""Pictures decoded before their turn: each by one thread, within the budget, and none kept for nothing."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from engine.batch.specification import Specification
from engine.files.limits import Limits
from engine.job import Task
from engine.run import ahead
from engine.run.ahead import Ahead
from engine.run.budget import COMPILER_BYTES, PROCESS_BYTES, WORKER_BYTES, Budget
from engine.run.prospect import Prospects
from engine.stack import Stack

MEGABYTE = 1 << 20
ROOM = 8 * MEGABYTE


class Bench:
    """Files that wait for their turn, with so much memory for them."""

    def __init__(self, *paths: Path, room: int = ROOM) -> None:
        self.tasks = tuple(Task(str(path), f"{path}.out") for path in paths)
        changed = threading.Condition()
        self.prospects = Prospects(Specification(self.tasks, Stack.parse(["invert"])), workers=1)
        limit = PROCESS_BYTES + COMPILER_BYTES + WORKER_BYTES + room
        self.budget = Budget(limit, 1, 0, changed, lambda: False)
        self.ahead = Ahead(self.prospects, Limits(), self.budget, changed)

    def decode(self, index: int) -> bool:
        return self.ahead.decode(index, self.tasks[index])

    @property
    def free(self) -> bool:
        """Whether no memory is taken."""
        claim = self.budget.claim_now(ROOM)
        if claim is not None:
            claim.release()
        return claim is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reads ahead when asked")
def test_the_disk_is_told_of_the_next_file_and_of_nothing_that_is_none(
    photograph: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(os, "posix_fadvise", lambda file, *_: told.append(os.readlink(f"/proc/self/fd/{file}")))
    os.mkfifo(tmp_path / "pipe")
    bench = Bench(photograph("a.jpg"), photograph("b.jpg"), tmp_path, tmp_path / "pipe", tmp_path / "nowhere")
    for waiting in ([1, 0], [], [2], [3], [4]):
        bench.ahead.expect(waiting, bench.tasks)
    assert told == [bench.tasks[1].source]


def test_no_file_is_chosen_twice() -> None:
    kept = Bench().ahead
    assert [kept.choose([3, 5, 7]) for _ in range(4)] == [3, 5, 7, None]


def test_a_picture_is_taken_once_with_its_memory(photograph: Any) -> None:
    bench = Bench(photograph("a.jpg", (600, 800, 3)))
    assert bench.ahead.choose([0]) == 0
    assert bench.ahead.first() is None
    assert bench.decode(0)
    assert bench.ahead.first() == 0
    assert not bench.free
    begun = bench.ahead.take(0)
    assert begun is not None
    assert begun.decoded is not None
    assert begun.decoded.image.pixels.shape == (600, 800, 3)
    assert bench.ahead.take(0) is None
    begun.claim.release()
    assert bench.free


def test_a_file_whose_turn_came_first_is_not_kept(photograph: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(photograph("a.jpg"))
    bench.ahead.choose([0])
    decode = ahead.decode_task

    def overtaken(*words: Any) -> Any:
        assert bench.ahead.take(0) is None
        return decode(*words)

    monkeypatch.setattr(ahead, "decode_task", overtaken)
    assert bench.decode(0)
    assert bench.ahead.take(0) is None
    assert bench.free


def test_there_is_an_end_to_the_room(photograph: Any) -> None:
    bench = Bench(*(photograph(f"{number}.jpg", (600, 800, 3)) for number in range(4)))
    done = [bench.decode(index) for index in iter(lambda: bench.ahead.choose(range(4)), None)]
    assert done[0]
    assert not done[-1]
    first = bench.ahead.take(0)
    assert first is not None
    first.claim.release()
    bench.ahead.take(3)
    assert bench.ahead.choose([3]) == 3
    assert bench.decode(3)


def test_nobody_is_overtaken_who_waits_for_memory(photograph: Any) -> None:
    bench = Bench(photograph("a.jpg"))
    held = bench.budget.claim_now(ROOM)
    assert held is not None
    bench.ahead.choose([0])

    def meanwhile() -> None:
        assert not bench.decode(0)
        held.release()

    bench.budget.claim(1, meanwhile)


def test_a_bad_file_takes_no_memory_and_is_told_of_in_its_turn(photograph: Any) -> None:
    bad = photograph("bad.jpg")
    bad.write_bytes(bad.read_bytes()[:200])
    bench = Bench(bad, bad.parent / "missing.jpg")
    for index in range(2):
        assert bench.ahead.choose(range(2)) == index
        assert bench.decode(index)
    assert bench.ahead.first() is None
    assert bench.ahead.take(0) is None
    assert bench.free


def test_when_no_turn_will_come_nothing_is_kept(photograph: Any) -> None:
    bench = Bench(photograph("a.jpg"), photograph("b.jpg"))
    for index in range(2):
        bench.ahead.choose(range(2))
        if index:
            bench.ahead.close()
        assert bench.decode(index)
        assert bench.free == bool(index)
    assert bench.ahead.first() is None
