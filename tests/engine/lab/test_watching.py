"""Time lines of real runs: who holds the GIL is drawn as taking turns, who does not as side by side."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.lab.drawing.excerpt import excerpts
from engine.lab.job import Job, Step, exposure_gamma
from engine.lab.strategies import find
from engine.lab.watching.record import COARSE, COUNT, Record, new_record, open_record
from engine.lab.watching.timeline import Kind, Timeline, timeline
from engine.lab.watching.waiting import Wait
from engine.lab.watching.watcher import CAPACITY, missing, watched

WORKERS = 2
SIZES = {
    "one-thread": (0.06, 26),
    "threads-python": (0.06, 26),
    "threads-numba-gil": (6.0, 34),
    "threads-numba-nogil": (6.0, 34),
    "native-ctypes": (6.0, 34),
    "processes-shared": (6.0, 26),
}
"""Megapixels and the number for Fibonacci: what takes each of them some tenths of a second, so that on cores that other
programs use as well there are enough turns to tell what they are."""
Watch = Callable[[str], Timeline]


@pytest.fixture(scope="module")
def seen() -> Watch:
    """The time line of a strategy that did the whole job once, warm."""
    known: dict[str, Timeline] = {}

    def watch(name: str) -> Timeline:
        if name not in known:
            known[name] = run(name)
        return known[name]

    return watch


def run(name: str, path: Path | None = None) -> Timeline:
    strategy = find(name)
    workers = strategy.workers(WORKERS)
    megapixels, number = SIZES[name]
    random = np.random.default_rng(3)
    pixels = random.integers(0, 256, (100, 150, 3), dtype=np.uint8)
    job = Job(pixels, exposure_gamma(), number=number, wait=0.01).sized(megapixels)
    record = new_record(workers, CAPACITY, path)
    team = strategy.open(workers, memoryview(record.marks.data))
    try:
        if problem := missing(team.lanes):
            pytest.skip(problem)
        team.load(job)
        for step in Step:
            team.run(step)
        with watched(record, team.lanes):
            for step in Step:
                team.run(step)
    finally:
        team.close()
    found = timeline(record, shared_lock=strategy.shared_lock)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["threads-python", "threads-numba-gil"])
@pytest.mark.parametrize("step", [Step.BLUR, Step.FIBONACCI])
def test_who_holds_the_gil_takes_turns(seen: Watch, name: str, step: Step) -> None:
    line = seen(name)
    assert line.verdict(step) == "taking turns"
    assert line.together(step) < 1.2
    assert line.overlap(step) < 0.5


@pytest.mark.parametrize("name", ["threads-numba-nogil", "native-ctypes", "processes-shared"])
@pytest.mark.parametrize("step", [Step.BLUR, Step.FIBONACCI])
def test_who_does_not_runs_side_by_side(seen: Watch, name: str, step: Step) -> None:
    line = seen(name)
    assert line.verdict(step) == "side by side"
    assert line.share(Kind.LOCK, step) < 0.1


def test_turns_are_drawn_as_one_lane_that_runs_while_the_other_waits(seen: Watch) -> None:
    waiting, together = drawn(seen("threads-numba-gil"), Step.BLUR)
    assert waiting > together
    assert drawn(seen("threads-numba-nogil"), Step.BLUR)[0] < 0.1


def drawn(line: Timeline, step: Step) -> tuple[float, float]:
    """The share of moments of a step, as they are drawn, in which a lane waits for the GIL, and in which both run.

    In the others one waits for a core, which is nothing but what other programs leave.
    """
    (shown,) = (each for each in excerpts(line, window=10.0) if each.step is step)
    moments = [*zip(*(shown.cells(lane, 200) for lane in shown.lanes), strict=True)]
    return sum(Kind.LOCK in kinds for kinds in moments) / 200, sum({*kinds} == {Kind.RUN} for kinds in moments) / 200


def test_waits_are_no_turns(seen: Watch) -> None:
    for name in ("one-thread", "threads-python", "threads-numba-gil"):
        line = seen(name)
        with_a_core = 1.0 - line.share(Kind.CORE, Step.WAIT)
        assert line.share(Kind.INPUT, Step.WAIT) > 0.7 * with_a_core
        assert line.together(Step.WAIT) < 0.5


def test_one_thread_is_one_lane_that_runs(seen: Watch) -> None:
    line = seen("one-thread")
    assert [lane.name for lane in line.lanes] == ["worker 1"]
    assert line.verdict(Step.BLUR) == "one after another"
    assert line.share(Kind.LOCK, Step.BLUR) < 0.1


def test_spans_follow_each_other_and_cover_all(seen: Watch) -> None:
    for lane in seen("threads-python").lanes:
        assert lane.spans[0].begin == 0.0
        assert all(span.end == after.begin for span, after in zip(lane.spans, lane.spans[1:], strict=False))
        assert lane.spans[-1].end == pytest.approx(seen("threads-python").seconds)


def test_sampling_takes_less_than_a_fiftieth_of_a_core(seen: Watch) -> None:
    assert 0.0 < seen("threads-python").watching < 0.02


def test_a_record_in_a_file_is_read_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "record"
    assert open_record(path) is None
    line = run("threads-numba-nogil", path)
    record = open_record(path)
    assert record is not None
    assert timeline(record, shared_lock=True) == line
    last = timeline(record, shared_lock=True, last=10)
    assert last is not None
    assert last.seconds < line.seconds


def made_up(ran: list[float], waits: list[int], *, coarse: bool) -> Record:
    """A record of two workers that do the same: milliseconds that they ran in each interval of 2 ms, and answers."""
    record = new_record(2, len(ran) + 1)
    record.words[COARSE], record.words[COUNT] = coarse, len(ran) + 1
    record.stamps[:] = np.arange(len(ran) + 1) * 2_000_000
    record.clocks[1:] = np.cumsum(np.array(ran) * 1e6)[:, np.newaxis]
    record.waits[1:] = np.array(waits)[:, np.newaxis]
    record.steps[:] = int(Step.FIBONACCI)
    return record


def test_who_waited_once_for_orders_and_then_for_a_core_does_not_wait_for_data() -> None:
    orders, core = [int(Wait.OTHER), 0], [int(Wait.CORE), 0, 0, 0]
    record = made_up([0, 0, *[2, 0, 0, 0, 0] * 8], [*orders, *[0, *core] * 8], coarse=True)
    line = timeline(record, shared_lock=False)
    assert line is not None
    assert line.verdict(Step.FIBONACCI) == "side by side"
    assert line.share(Kind.INPUT, Step.FIBONACCI) == pytest.approx(2 / 42)
    assert line.share(Kind.CORE, Step.FIBONACCI) == pytest.approx(32 / 42)


def test_a_clock_that_moves_in_steps_tells_what_ran_before_each() -> None:
    record = made_up([0, 4, 0, 4, 0, 0, 0, 4], [0] * 8, coarse=True)
    line = timeline(record, shared_lock=False)
    assert line is not None
    assert [(round(span.begin, 3), round(span.end, 3), span.kind) for span in line.lanes[0].spans] == [
        (0.0, 0.008, Kind.RUN),
        (0.008, 0.012, Kind.CORE),
        (0.012, 0.016, Kind.RUN),
    ]
