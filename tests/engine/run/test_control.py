"""Pause, resume, drain and cancel; slow and stalled files; helping with the last file. Lanes are true throughout."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import apply
from engine.files.decode import decode
from engine.files.limits import Limits
from engine.job import Finished, Started, State, Verb
from engine.meter import Meter
from engine.telemetry import Row, Stage
from tests.engine.run.conftest import Batch, Begin, until

SLOW = ("median:radius=12",)
"""Takes several seconds for a picture of a megapixel on one core."""


def stages(batch: Batch) -> list[int]:
    return [batch.board.lane(slot)[Row.STAGE] for slot in range(batch.board.workers)]


def all_paused(batch: Batch) -> bool:
    return set(stages(batch)) == {Stage.PAUSED}


def test_a_bars_end_is_the_files_end(batch: Begin, photograph: Any, hold: Any) -> None:
    """A slow file: whatever the others do, its bar is not full before the file is whole."""
    gate = hold("begin_new", "slow.png")
    begun = batch(photograph("slow.png", (300, 300, 3)), *(photograph(f"{number}.png") for number in range(6))).start()
    meter = Meter("b")
    gate.wait()

    def lanes() -> list[tuple[int, float]]:
        begun.crew.publish()
        snapshot = meter.read(begun.board, time.monotonic_ns())
        return [(lane.file, lane.fraction) for lane in snapshot.lanes]

    until(lambda: len(begun.told(Finished)) == 6)
    seen = lanes()
    assert max(fraction for file, fraction in seen if file == 0) == 0.95
    assert not Path(begun.tasks[0].output).exists()
    gate.open()
    begun.wait()
    assert Path(begun.tasks[0].output).exists()
    assert begun.crew.summary().done == 7


def test_bars_only_grow_and_are_full_only_for_files_that_are_there(batch: Begin, photograph: Any) -> None:
    sources = [photograph(f"{number}.png", (200, 300, 3)) for number in range(8)]
    begun = batch(*sources, stack=("gaussian-blur:sigma=3",)).start()
    meter, reached = Meter("b"), {}
    while begun.crew.state is State.RUNNING:
        whole = [path.exists() for path in map(Path, (task.output for task in begun.tasks))]
        for slot, lane in enumerate(meter.read(begun.board, time.monotonic_ns()).lanes):
            if lane.file >= 0:
                assert lane.fraction >= reached.get((slot, lane.file), 0.0)
                reached[slot, lane.file] = lane.fraction
                assert lane.fraction < 1.0 or whole[lane.file] or Path(begun.tasks[lane.file].output).exists()
    begun.wait()
    assert begun.crew.summary().done == 8


def test_a_stalled_file_holds_up_nobody_else(batch: Begin, photograph: Any, hold: Any) -> None:
    gate = hold("read", "stalled.png")
    begun = batch(photograph("stalled.png"), *(photograph(f"{number}.png") for number in range(5)), workers=2).start()
    until(lambda: len(begun.told(Finished)) == 5)
    assert begun.outputs() == [f"{number}.png" for number in range(5)]
    assert sorted(stages(begun)) == [Stage.IDLE, Stage.READ]
    assert begun.crew.state is State.RUNNING
    assert not begun.crew.wait(0.0)
    gate.open()
    begun.wait()
    assert len(begun.outputs()) == 6


def test_a_slow_disk_holds_up_nobody_and_cancelling_leaves_no_file_without_a_name(
    batch: Begin, photograph: Any, hold: Any
) -> None:
    """One file waits for the disk, another for its turn; the worker places the rest itself."""
    gate = hold("placed", "slow.png")
    begun = batch(photograph("slow.png"), *(photograph(f"{number}.png") for number in range(6)), workers=1).start()
    gate.wait()
    until(lambda: len(begun.told(Finished)) == 5)
    assert begun.crew.state is State.RUNNING
    assert sum(name.startswith(".safelight-") for name in begun.outputs()) == 2
    begun.crew.ask(Verb.CANCEL)
    gate.open()
    begun.wait()
    assert begun.crew.summary().done == 6
    assert len(begun.outputs()) == 6
    assert "slow.png" in begun.outputs()


def test_a_stalled_file_of_a_cancelled_batch_leaves_nothing(batch: Begin, photograph: Any, hold: Any) -> None:
    gate = hold("decode_bytes", "stalled.png")
    begun = batch(photograph("stalled.png"), photograph("a.png"), workers=1).start()
    gate.wait()
    begun.crew.ask(Verb.CANCEL)
    gate.open()
    begun.wait()
    summary = begun.crew.summary()
    assert (summary.state, summary.done, summary.failed, summary.left) == (State.CANCELLED, 0, 0, 2)
    assert [type(event) for event in begun.events] == [Started]
    assert begun.outputs() == []


def test_draining_finishes_what_is_under_way_and_starts_nothing(batch: Begin, photograph: Any, hold: Any) -> None:
    held = hold("decode_bytes", "1.png")
    begun = batch(*(photograph(f"{number}.png") for number in range(1, 9)), workers=1).start()
    held.wait()
    begun.crew.ask(Verb.DRAIN)
    assert begun.board.note == "finishing the files under way"
    held.open()
    begun.wait()
    summary = begun.crew.summary()
    assert (summary.state, summary.done, summary.left) == (State.CANCELLED, 1, 7)
    assert begun.outputs() == ["1.png"]


@pytest.mark.parametrize("function", ["decode_bytes", "encode", "begin_new"])
def test_a_paused_batch_waits_between_stages_and_goes_on(
    function: str, batch: Begin, photograph: Any, hold: Any
) -> None:
    name = "a.png" if function == "decode_bytes" else ""
    gate = hold(function, name)
    begun = batch(photograph("a.png"), photograph("b.png"), photograph("c.png"), workers=1).start()
    gate.wait()
    begun.crew.ask(Verb.PAUSE)
    gate.open()
    until(lambda: all_paused(begun))
    whole = function == "begin_new"
    until(lambda: begun.outputs() == (["a.png"] if whole else []))
    assert len(begun.told(Started)) == 1
    begun.crew.ask(Verb.RESUME)
    begun.wait()
    assert begun.outputs() == ["a.png", "b.png", "c.png"]


def test_pausing_after_the_last_file_was_taken_still_ends(batch: Begin, photograph: Any, hold: Any) -> None:
    gate = hold("begin_new", "a.png")
    begun = batch(photograph("a.png"), workers=2).start()
    gate.wait()
    begun.crew.ask(Verb.PAUSE)
    gate.open()
    begun.wait()
    assert begun.crew.state is State.DONE


def test_pausing_stops_between_tiles_and_the_picture_is_the_same(batch: Begin, photograph: Any) -> None:
    begun = batch(photograph("a.png", (1500, 2000, 3)), stack=SLOW, workers=2).start()
    until(lambda: sum(begun.board.lane(slot)[Row.LIVE_PIXELS] for slot in range(2)) > 0)
    begun.crew.ask(Verb.PAUSE)
    until(lambda: all_paused(begun))
    assert 0 < sum(begun.board.lane(slot)[Row.LIVE_PIXELS] for slot in range(2)) < 3_000_000
    assert begun.outputs() == []
    assert [begun.board.lane(slot)[Row.FILE] for slot in range(2)] == [0, 0]
    begun.crew.ask(Verb.RESUME)
    begun.wait()
    (task,) = begun.tasks
    before, after = (decode(path, Limits()).image.pixels for path in (task.source, task.output))
    np.testing.assert_array_equal(after, apply(before, SLOW, workers=2))


@pytest.mark.parametrize("paused", [False, True])
def test_cancelling_stops_within_a_tile_and_leaves_no_file(paused: bool, batch: Begin, photograph: Any) -> None:
    begun = batch(photograph("a.png", (900, 900, 3)), photograph("b.png"), stack=SLOW, workers=2).start()
    until(lambda: Stage.FILTER in stages(begun))
    if paused:
        begun.crew.ask(Verb.PAUSE)
    begun.crew.ask(Verb.CANCEL)
    begun.wait()
    summary = begun.crew.summary()
    assert summary.state is State.CANCELLED
    assert "a.png" not in begun.outputs()
    assert set(begun.outputs()) <= {"b.png"}
    assert summary.megapixels == sum(lane.megapixels for lane in summary.workers)
    assert summary.done + summary.left == 2


def test_idle_workers_help_with_the_last_file(batch: Begin, photograph: Any) -> None:
    begun = batch(photograph("large.png", (800, 900, 3)), stack=("median:radius=4",), workers=2).start().wait()
    summary = begun.crew.summary()
    assert all(lane.megapixels > 0.0 for lane in summary.workers)
    assert sum(lane.megapixels for lane in summary.workers) == pytest.approx(0.72)


def test_the_process_and_its_threads_agree_on_the_time_they_took(root: Path, photograph: Any, tmp_path: Path) -> None:
    source = photograph("a.png", (2200, 1300, 3))
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.run.cpu_time", str(source), str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    threads, process = map(float, done.stdout.split())
    assert process > 1.5
    assert threads == pytest.approx(process, rel=0.05)
