"""A crew on real files: what comes out, what is told, and how faults end."""

import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import apply
from engine.errors import BatchError
from engine.files.decode import decode
from engine.files.limits import Limits
from engine.job import Failed, Finished, Skipped, Started, State, Verb
from engine.run import ahead, crew, development
from engine.run.memory import default_memory
from engine.telemetry import Header, Row, Stage
from tests.engine.run.conftest import Begin

STACK = ("exposure:ev=0.5", "gaussian-blur:sigma=2", "unsharp-mask")


def test_files_come_out_as_the_library_makes_them(batch: Begin, photograph: Any) -> None:
    sources = [photograph("a.png"), photograph("b.png", (33, 700, 4)), photograph("c.png", (50, 40, 1), "uint16")]
    done = batch(*sources, stack=STACK).start().wait()
    assert done.crew.state is State.DONE
    for task in done.tasks:
        before, after = (decode(path, Limits()).image.pixels for path in (task.source, task.output))
        np.testing.assert_array_equal(after, apply(before, STACK, workers=1))


def test_every_file_is_told_of_in_order_and_counted(batch: Begin, photograph: Any) -> None:
    sources = [photograph(f"{number}.png", (40 + number, 50, 3)) for number in range(9)]
    done = batch(*sources, workers=3).start().wait()
    for index in range(9):
        told = [event for event in done.events if getattr(event, "index", -1) == index]
        assert [type(event) for event in told] == [Started, Finished]
        assert told[0].path == told[1].path == str(sources[index])
    summary = done.crew.summary()
    assert (summary.done, summary.failed, summary.skipped, summary.left) == (9, 0, 0, 0)
    assert [lane.name for lane in summary.workers] == ["worker 1", "worker 2", "worker 3"]
    exact = sum((40 + number) * 50 for number in range(9)) / 1e6
    assert summary.megapixels == pytest.approx(exact)
    assert sum(event.megapixels for event in done.told(Finished)) == pytest.approx(exact)


def test_lanes_megapixels_add_up_to_the_summarys(batch: Begin, photograph: Any) -> None:
    sources = [photograph(f"{number}.png", (400, 600, 3)) for number in range(3)]
    (sources[1].parent / "bad.png").write_bytes(b"no picture")
    two_passes = ("gaussian-blur:sigma=9", "gaussian-blur:sigma=9")
    done = batch(*sources, sources[1].parent / "bad.png", stack=two_passes, workers=3).start().wait()
    summary = done.crew.summary()
    assert summary.megapixels == pytest.approx(3 * 0.24)
    assert sum(lane.megapixels for lane in summary.workers) == pytest.approx(summary.megapixels, abs=1e-12)
    live = [done.board.lane(slot)[Row.LIVE_PIXELS] / 1e6 for slot in range(3)]
    assert live == pytest.approx([lane.megapixels for lane in summary.workers])


def test_the_board_adds_up_bytes_times_and_memory(batch: Begin, photograph: Any) -> None:
    sources = [photograph(f"{number}.png", (300, 400, 3)) for number in range(4)]
    (sources[0].parent / "bad.png").write_bytes(b"no picture")
    done = batch(*sources, sources[0].parent / "bad.png", workers=2).start().wait()
    done.crew.publish()
    words, finished = done.board.words, done.told(Finished)
    assert words[Header.READ_BYTES] == sum(source.stat().st_size for source in sources)
    outputs = [Path(task.output) for task in done.tasks[:4]]
    assert words[Header.WRITTEN_BYTES] == sum(output.stat().st_size for output in outputs)
    assert words[Header.FILES_NS] == pytest.approx(sum(event.seconds for event in finished) * 1e9, abs=10)
    assert sum(done.board.lane(slot)[Row.FAILED] for slot in range(2)) == 1
    assert words[Header.MEMORY_LIMIT] == default_memory()
    assert 20 << 20 < words[Header.MEMORY] < 64 << 30
    for slot in range(2):
        row = done.board.lane(slot)
        assert row[Row.DECODE_NS] + row[Row.FILTER_NS] + row[Row.ENCODE_NS] <= row[Row.BUSY_NS]
        assert 0 <= row[Row.UNLOCKED_NS] <= row[Row.CPU_NS]


def test_one_bad_file_is_one_failed_event(batch: Begin, photograph: Any, tmp_path: Path) -> None:
    good, bad = photograph("good.png"), tmp_path / "in" / "bad.png"
    bad.write_bytes(good.read_bytes()[:200])
    done = batch(bad, good, tmp_path / "in" / "missing.png").start().wait()
    failed = done.told(Failed)
    assert {event.index for event in failed} == {0, 2}
    assert all(Path(event.path).name in event.error for event in failed)
    assert [event.index for event in done.told(Finished)] == [1]
    assert done.outputs() == ["good.png"]
    assert done.crew.state is State.DONE


def test_a_format_that_cannot_hold_a_picture_names_the_file(batch: Begin, photograph: Any) -> None:
    wide = photograph("wide.png", (1, 20_000, 1))
    (failed,) = batch(wide, format="webp").start().wait().told(Failed)
    assert "wide.png" in failed.error
    assert "--format" in failed.error


@pytest.mark.parametrize("fault", [RuntimeError("surprise"), MemoryError(), RecursionError("deep")])
def test_a_fault_of_our_own_is_told_and_the_crew_goes_on(
    fault: Exception, batch: Begin, photograph: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = development.decode_bytes

    def faulty(path: str, *arguments: Any, **words: Any) -> Any:
        if path.endswith("odd.png"):
            raise fault
        return go_on(path, *arguments, **words)

    monkeypatch.setattr(development, "decode_bytes", faulty)
    done = batch(photograph("odd.png"), photograph("even.png"), workers=1).start().wait()
    (failed,) = done.told(Failed)
    assert "odd.png" in failed.error
    assert done.outputs() == ["even.png"]


def test_an_existing_output_is_kept_skipped_or_replaced(batch: Begin, photograph: Any, tmp_path: Path) -> None:
    source, output = photograph("a.png"), tmp_path / "out" / "a.png"
    output.write_bytes(b"precious")
    (failed,) = batch(source, existing="fail").start().wait().told(Failed)
    assert "a.png" in failed.error
    skipped = batch(source, existing="skip").start().wait()
    assert [type(event) for event in skipped.events] == [Started, Skipped]
    assert skipped.crew.summary().skipped == 1
    assert output.read_bytes() == b"precious"
    batch(source, existing="replace").start().wait()
    assert output.read_bytes() != b"precious"
    assert os.listdir(output.parent) == ["a.png"]


def test_no_files_are_done_at_once(batch: Begin) -> None:
    done = batch().start().wait()
    assert done.crew.state is State.DONE
    assert done.crew.summary().megapixels_per_second == 0.0


def test_the_table_of_states_is_obeyed(batch: Begin, photograph: Any) -> None:
    crew = batch(photograph("a.png")).crew
    assert crew.state is State.WAITING
    assert crew.summary().seconds == 0.0
    with pytest.raises(BatchError, match="pause"):
        crew.ask(Verb.PAUSE)
    crew.start()
    assert crew.wait(30.0)
    with pytest.raises(BatchError, match="cancel"):
        crew.ask(Verb.CANCEL)


def test_after_the_end_nobody_works(batch: Begin, photograph: Any) -> None:
    done = batch(photograph("a.png"), workers=2).start().wait()
    done.crew.publish()
    assert done.board.state is State.DONE
    for slot in range(2):
        assert done.board.lane(slot)[Row.STAGE] == Stage.IDLE
        assert done.board.lane(slot)[Row.FILE] == -1
        assert done.board.lane(slot)[Row.CPU_NS] > 0


def test_files_are_decoded_while_kernels_are_loaded_and_told_of_in_their_turn(
    batch: Begin, photograph: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first thread's kernels come only once the other has decoded all that waits, the bad file among it."""
    sources = [photograph(f"{number}.png") for number in range(5)]
    sources[3].write_bytes(sources[3].read_bytes()[:200])
    real, decodes = crew.rendering_for, ahead.decode_task
    decoded: list[str] = []
    all_decoded = threading.Event()

    def counted(task: Any, *words: Any) -> Any:
        decoded.append(task.source)
        if len(decoded) == 3:
            all_decoded.set()
        return decodes(task, *words)

    def gated(*words: Any) -> Any:
        assert all_decoded.wait(20)
        return real(*words)

    monkeypatch.setattr(ahead, "decode_task", counted)
    monkeypatch.setattr(crew, "rendering_for", gated)
    done = batch(*sources, workers=2).start().wait()
    assert sorted(decoded) == sorted(str(path) for path in sources[2:])
    assert len(done.told(Finished)) == 4
    assert [event.index for event in done.told(Failed)] == [3]
