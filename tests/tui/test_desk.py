"""The app's background threads: the newest of each kind, in order, errors where they can be dealt with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.io import BATCH, FIRST_BATCH, Desk, Found, find_images, read_facts

DEADLINE = 20.0


class Collector:
    """Waits for results of a desk in the thread of the test."""

    def __init__(self) -> None:
        self.news = threading.Semaphore(0)
        self.desk = Desk("test", self.news.release)
        self.got: list[object] = []

    def collect(self, count: int) -> list[object]:
        """The next results."""
        self.got = []
        while len(self.got) < count:
            assert self.news.acquire(timeout=DEADLINE)
            self.desk.collect()
        return self.got

    def ask(self, kind: str, *results: object, gate: threading.Event | None = None) -> threading.Event:
        """Work with these results, the first of them at once, the others when the gate opens; set when it has begun."""
        begun = threading.Event()

        def work() -> Iterator[object]:
            begun.set()
            for result in results:
                yield result
                if gate is not None:
                    assert gate.wait(DEADLINE)

        self.desk.ask(kind, work, self.got_one)
        return begun

    def got_one(self, result: object) -> None:
        """Keep it."""
        self.got.append(result)


def test_results_come_in_order_and_in_the_thread_that_collects() -> None:
    collector, threads = Collector(), []
    collector.desk.ask("a", lambda: iter([1, 2, 3]), lambda result: threads.append(threading.current_thread()))
    collector.ask("b", 4)
    assert collector.collect(1) == [4]
    assert threads == [threading.main_thread()] * 3
    collector.desk.close()


def test_of_each_kind_only_the_newest_waiting_work_is_begun() -> None:
    collector, gate = Collector(), threading.Event()
    assert collector.ask("first", 0, gate=gate).wait(DEADLINE)
    for number in range(1, 6):
        collector.ask("same", number)
    collector.ask("other", "other")
    gate.set()
    assert collector.collect(3) == [0, 5, "other"]
    collector.desk.close()


def test_work_under_way_stops_at_its_next_result_when_newer_work_comes() -> None:
    collector, gate = Collector(), threading.Event()
    assert collector.ask("same", 1, 2, 3, 4, gate=gate).wait(DEADLINE)
    collector.ask("same", 10)
    gate.set()
    got = collector.collect(2)
    while 10 not in got:
        got += collector.collect(1)
    assert got[-1] == 10
    assert 4 not in got
    collector.desk.close()


def test_an_error_of_the_work_is_raised_where_results_are_collected() -> None:
    collector = Collector()

    def work() -> Iterator[int]:
        raise RuntimeError("a mistake")
        yield 1

    collector.desk.ask("a", work, collector.got_one)
    with pytest.raises(RuntimeError, match="a mistake"):
        collector.collect(1)
    collector.ask("a", 2)
    assert collector.collect(1) == [2]
    collector.desk.close()


def test_a_large_folder_comes_a_few_images_first(tmp_path: Path) -> None:
    for number in range(FIRST_BATCH + 30):
        (tmp_path / f"img{number}.jpg").touch()
    (tmp_path / "notes.txt").touch()
    found = list(find_images([str(tmp_path)]))
    assert [len(part.entries) for part in found] == [FIRST_BATCH, 30]
    assert [part.complete for part in found] == [False, True]
    assert found[0].entries[2].name == "img2.jpg"
    assert BATCH > FIRST_BATCH


def test_files_and_folders_are_found_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.jpg").touch()
    (tmp_path / "b.jpg").touch()
    (found,) = find_images([str(tmp_path / "b.jpg"), str(tmp_path / "below"), str(tmp_path / "missing")])
    assert [entry.name for entry in found.entries][:2] == ["b.jpg", "a.jpg"]
    assert found.complete


def test_an_unreadable_folder_is_one_sentence_and_the_others_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    (part,) = find_images(["/proc/self/mem/nothing", str(tmp_path)])
    assert [entry.name for entry in part.entries][-1:] == ["a.jpg"]
    assert isinstance(part, Found)


def test_facts_come_from_the_first_bytes(photographs: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.jpg").write_bytes(b"\xff\xd8\xff")
    paths = {3: str(photographs / "nuthatch.jpg"), 7: str(tmp_path / "cut.jpg"), 9: str(tmp_path / "missing.jpg")}
    facts = {index: each for part in read_facts(paths) for index, each in part.items()}
    assert (facts[3].width, facts[3].height, facts[3].error) == (6028, 3391, "")
    assert facts[3].bytes == (photographs / "nuthatch.jpg").stat().st_size
    assert "cut.jpg" in facts[7].error
    assert "missing.jpg" in facts[9].error


def test_one_can_wait_for_the_first_result_but_not_for_ever() -> None:
    collector, gate = Collector(), threading.Event()
    collector.desk.wait(0.0)
    collector.ask("scan", "first", "second", gate=gate)
    collector.desk.wait(DEADLINE)
    assert collector.collect(1) == ["first"]
    gate.set()
    assert collector.collect(1) == ["second"]
