"""Batches of real photographs with the real crew."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from PIL import Image

from engine.batch.client import Batch
from engine.batch.outputs import plan_outputs
from engine.batch.record import load_record
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.job import Failed, Finished, State, Verb
from engine.meter import Meter
from engine.stack import Stack
from tests.engine.batch.conftest import story, summary, until

ORIENTATION, CAMERA, PIXELS_ACROSS, PIXELS_DOWN = 0x0112, 0x8769, 0xA002, 0xA003
SLOW = ["gaussian-blur:sigma=20"] * 6


@pytest.fixture
def folder(tmp_path: Path, photographs: Path) -> Path:
    """Some photographs, and one file that is none."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    names = sorted(path.name for path in photographs.iterdir() if path.suffix in (".jpg", ".png", ".webp"))
    for index, name in enumerate(names[:6]):
        shutil.copy(photographs / name, folder / ("deep" if index % 2 else "") / name)
    (folder / os.fsdecode(b"no\xff picture.jpg")).write_bytes(b"\xff\xd8\xff\xe0 is all")
    return folder


def begin(folder: Path, specifications: list[str]) -> Batch:
    tasks = plan_outputs([str(folder)], str(folder.parent / "out"), "jpeg")
    return start(Specification(tasks, Stack.parse(specifications), format="jpeg", workers=2))


def files_in(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file()}


def test_a_whole_batch(state_folder: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "numpy.py").write_text("raise SystemExit('taken from the folder of a person')")
    monkeypatch.chdir(folder)
    batch = begin(folder, ["exposure:ev=0.5", "gamma:gamma=1.2"])
    told = story(batch)
    end = summary(batch)
    finished = [event for event in told if isinstance(event, Finished)]
    (failed,) = (event for event in told if isinstance(event, Failed))
    assert (end.state, end.done, end.failed, end.skipped, end.left) == (State.DONE, len(finished), 1, 0, 0)
    assert failed.path == str(folder / os.fsdecode(b"no\xff picture.jpg"))
    assert files_in(folder.parent / "out") == {event.output for event in finished}
    assert sum(lane.megapixels for lane in end.workers) == pytest.approx(end.megapixels)
    assert sum(event.megapixels for event in finished) == pytest.approx(end.megapixels)
    seen = batch.snapshot(Meter(batch.id))
    assert seen is not None
    assert (seen.done, seen.failed, seen.left, seen.megapixels) == (end.done, 1, 0, pytest.approx(end.megapixels))
    assert [lane.name for lane in seen.lanes] == [lane.name for lane in end.workers]


def test_a_batch_whose_results_have_another_size(state_folder: Path, folder: Path) -> None:
    source, made = Image.new("RGB", (640, 480), "#406080"), folder / "upright.jpg"
    exif = source.getexif()
    exif[ORIENTATION] = 6
    exif.get_ifd(CAMERA).update({PIXELS_ACROSS: 640, PIXELS_DOWN: 480})
    source.save(made, exif=exif)
    batch = begin(folder, ["resize:width=200", "rotate-90", "crop:top=50"])
    finished = [event for event in story(batch) if isinstance(event, Finished)]
    end = summary(batch)
    assert sum(event.megapixels for event in finished) == pytest.approx(end.megapixels)
    assert sum(lane.megapixels for lane in end.workers) == pytest.approx(end.megapixels)
    (result,) = (event for event in finished if event.path == str(made))
    assert result.megapixels == pytest.approx(640 * 480 / 1e6)
    with Image.open(result.output) as written:
        # Upright it is 480 x 640, then 200 x 267, turned 267 x 200, and without its upper half 267 x 100.
        assert written.size == (267, 100)
        kept = written.getexif().get_ifd(CAMERA)
        assert (kept[PIXELS_ACROSS], kept[PIXELS_DOWN]) == (267, 100)


def test_pause_resume_and_cancel_leave_no_partial_file(state_folder: Path, folder: Path) -> None:
    batch, meter = begin(folder, SLOW), Meter("")
    until(lambda: (seen := batch.snapshot(meter)) is not None and seen.rate > 0)
    assert batch.ask(Verb.PAUSE) is State.PAUSED
    assert batch.ask(Verb.RESUME) is State.RUNNING
    assert batch.ask(Verb.CANCEL) is State.CANCELLED
    end = summary(batch)
    assert (end.state, end.done + end.failed + end.left) == (State.CANCELLED, 7)
    assert end.left > 0
    finished = {event.output for event in story(batch) if isinstance(event, Finished)}
    assert files_in(folder.parent / "out") == finished


def test_a_killed_batch_leaves_whole_files_and_untouched_sources(state_folder: Path, folder: Path) -> None:
    before = {path: Path(path).read_bytes() for path in files_in(folder)}
    batch = begin(folder, SLOW[:2])
    until(lambda: any(isinstance(event, Finished) for _, event in batch.events(0)))
    record = load_record(batch.folder)
    assert record is not None
    os.kill(record.pid, signal.SIGKILL)
    until(lambda: batch.state.over)
    assert batch.state in (State.BROKEN, State.DONE)
    assert {path: Path(path).read_bytes() for path in files_in(folder)} == before
    finished = {event.output for event in story(batch) if isinstance(event, Finished)}
    whole = {path for path in files_in(folder.parent / "out") if not Path(path).name.startswith(".safelight-")}
    assert finished <= whole
    assert all(Path(path).read_bytes().endswith(b"\xff\xd9") for path in whole)
