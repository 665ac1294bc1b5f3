"""Files scored on threads: all of them whatever is wrong with some, stopped when asked, told of as they get on."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from engine.culling.score import Score, Unreadable
from engine.files.limits import Limits
from engine.job import State
from engine.run import culling as module
from engine.run.culling import Culling
from engine.telemetry import Stage


@pytest.fixture
def folder(tmp_path: Path, photographs: Path) -> Path:
    """Two sound files and one of each kind that is not."""
    with Image.open(photographs / "two-dogs.jpg") as whole:
        small = whole.convert("RGB").resize((640, 426))
    small.save(tmp_path / "a.jpg", quality=92)
    small.save(tmp_path / "b.png")
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 2])
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "text.jpg").write_text("no picture")
    (tmp_path / "png.jpg").write_bytes((tmp_path / "b.png").read_bytes())
    faulty = bytearray(data)
    faulty[len(data) // 2 : len(data) // 2 + 40] = b"\xff\xd9" * 20
    (tmp_path / "faulty.jpg").write_bytes(faulty)
    os.mkfifo(tmp_path / "pipe.jpg")
    return tmp_path


def culled(paths: list[Path], **options: int) -> Culling:
    culling = Culling([str(path) for path in paths], **options)  # type: ignore[arg-type]
    culling.start()
    assert culling.wait(60)
    return culling


def test_one_bad_file_never_stops_the_others(folder: Path) -> None:
    paths = [*sorted(folder.iterdir()), folder / "missing.jpg", folder / "a\0b.jpg"]
    culling = culled(paths)
    by_name = {Path(each.path).name: each for each in culling.outcomes()}
    assert len(by_name) == len(paths)
    bad = {name: each.reason for name, each in by_name.items() if isinstance(each, Unreadable)}
    assert {*bad} == {"cut.jpg", "empty.png", "text.jpg", "pipe.jpg", "missing.jpg", "a\0b.jpg"}
    assert all(len(reason) > 20 and reason.endswith(".") for reason in bad.values())
    assert "copy it again" in bad["cut.jpg"]
    good = {name: each for name, each in by_name.items() if isinstance(each, Score)}
    assert {name: (each.format, each.named) for name, each in good.items()} == {
        "a.jpg": ("JPEG", ""),
        "b.png": ("PNG", ""),
        "png.jpg": ("PNG", "JPEG"),
        "faulty.jpg": ("JPEG", ""),
    }
    assert {name for name, each in good.items() if each.damaged} == {"faulty.jpg"}
    snapshot = culling.snapshot()
    assert (snapshot.done, snapshot.failed, snapshot.left, snapshot.state) == (4, 6, 0, State.DONE)
    assert snapshot.megapixels == pytest.approx(4 * 640 * 426 / 1e6)
    assert sum(lane.megapixels for lane in snapshot.lanes) == pytest.approx(snapshot.megapixels)


def test_an_error_of_our_own_is_a_sentence_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: str, *others: object) -> Score:
        raise ZeroDivisionError(path)

    monkeypatch.setattr(module, "score", fails)
    (outcome,) = culled([folder / "a.jpg"]).outcomes()
    assert isinstance(outcome, Unreadable)
    assert outcome.reason.endswith("a.jpg could not be judged (ZeroDivisionError): leave it out.")


def test_nothing_is_done_at_once() -> None:
    culling = culled([])
    assert culling.over
    assert culling.outcomes() == ()
    assert culling.snapshot().state is State.DONE


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_threads_finds_the_same(folder: Path, workers: int) -> None:
    paths = [path for path in sorted(folder.iterdir()) if path.suffix != ".fifo"] * 3
    found = culled(paths, workers=workers).outcomes()
    assert sorted(map(repr, found)) == sorted(map(repr, culled(paths, workers=1).outcomes()))


class Held:
    """Keeps threads inside `proxy` until they are let go, and counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.real, self.inside, self.go = module.proxy, threading.Semaphore(0), threading.Event()
        self.counted = 0
        self.lock = threading.Lock()
        monkeypatch.setattr(module, "proxy", self.proxy)

    def proxy(self, path: str, width: int, height: int, limits: Limits) -> object:
        with self.lock:
            self.counted += 1
        self.inside.release()
        assert self.go.wait(60)
        return self.real(path, width, height, limits)


def test_two_threads_are_seen_at_work_and_cancelling_begins_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    culling = Culling([str(folder / "a.jpg")] * 20, workers=2)
    culling.start()
    assert held.inside.acquire(timeout=60)
    assert held.inside.acquire(timeout=60)
    snapshot = culling.snapshot()
    assert [lane.stage for lane in snapshot.lanes] == [Stage.DECODE] * 2
    assert {lane.file for lane in snapshot.lanes} == {0, 1}
    assert not culling.over
    culling.cancel()
    held.go.set()
    assert culling.wait(60)
    assert len(culling.outcomes()) == held.counted == 2
    assert culling.outcomes(1) == culling.outcomes()[1:]
    assert culling.snapshot().state is State.CANCELLED
    assert culling.snapshot().left == 18


def test_cancelled_before_its_start_it_does_nothing(folder: Path) -> None:
    culling = Culling([str(folder / "a.jpg")])
    culling.cancel()
    assert culling.wait(0)
    assert culling.outcomes() == ()


def test_what_needs_more_memory_than_there_is_waits_and_is_done_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    culling = Culling([str(folder / "b.png")] * 4, workers=4, memory=1)
    culling.start()
    assert held.inside.acquire(timeout=60)
    assert not held.inside.acquire(timeout=0.2)
    held.go.set()
    assert culling.wait(60)
    assert len(culling.outcomes()) == 4


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("L", "a.png"),
        ("LA", "a.png"),
        ("RGBA", "a.webp"),
        ("P", "a.gif"),
        ("1", "a.png"),
        ("I;16", "a.png"),
        ("CMYK", "a.jpg"),
        ("RGB", "a.tif"),
        ("RGB", "a.bmp"),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (3, 90), (200, 130)])
def test_pictures_of_every_kind_have_scores(mode: str, name: str, size: tuple[int, int], tmp_path: Path) -> None:
    grey = 25_000 if mode == "I;16" else 1 if mode == "1" else None
    Image.new(mode, size, grey).save(tmp_path / name) if grey else Image.new("RGB", size, (120, 90, 60)).convert(
        mode
    ).save(tmp_path / name)
    (outcome,) = culled([tmp_path / name]).outcomes()
    assert isinstance(outcome, Score), outcome
    assert (outcome.width, outcome.height) == size
    assert 0 <= outcome.sharpness <= 100
    assert len(outcome.shadows) == len(outcome.highlights) in (1, 3)
    assert 0 <= outcome.clipped <= 1
