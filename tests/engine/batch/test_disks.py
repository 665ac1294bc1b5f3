"""Disks that are full, folders that turn read-only, sources that vanish or change: rows that say so, no harm."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from engine.batch.client import Batch
from engine.batch.folder import Folder
from engine.batch.shelf import Shelf
from engine.batch.start import start
from engine.errors import BatchError
from engine.job import Failed, State
from tests.crashes import Nursery, Scene, contents, make_pictures, nursery, small_disk, story

NOBODY = 65534
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk, or become somebody else")


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Has done a batch, so that all is loaded."""
    folder = tmp_path_factory.mktemp("disks")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(folder / "state"))
        with nursery() as started:
            assert started.run(Scene(make_pictures(folder / "in"), folder / "out").prepare())[0] == 0
            yield started


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mortal: Nursery) -> Scene:
    """One whose results are known."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return known(Scene(make_pictures(tmp_path / "in"), tmp_path / "out"), mortal)


def known(scene: Scene, mortal: Nursery, **asked: int) -> Scene:
    assert mortal.run(scene.prepare(), **asked)[0] == 0
    scene.whole = contents(scene.out)
    assert set(scene.whole) == set(scene.before)
    scene.clear()
    return scene


def failures(folder: Folder) -> list[str]:
    return [event.error for event in story(Batch(folder)) if isinstance(event, Failed)]


def finish(scene: Scene, mortal: Nursery, finished: set[str], **asked: int) -> None:
    """A batch that resumes the last one does the rest."""
    folder = scene.prepare(resume=True)
    assert mortal.run(folder, **asked)[0] == 0
    scene.check_complete(folder, finished)


@only_root
def test_results_that_find_no_room_fail_and_those_that_fit_do_not(scene: Scene, mortal: Nursery) -> None:
    with small_disk(scene.out, "size=28k"):
        folder = scene.prepare()
        assert mortal.run(folder)[0] == 0
        finished, failed = scene.check_ended(folder), failures(folder)
        assert failed
        assert all(" has no room left for " in each and "free some" in each for each in failed)
        assert len(contents(scene.out)) == len(scene.whole) - len(failed) > 0
        assert not list(scene.out.rglob(".safelight-*")), "what did not fit takes no room"
        subprocess.run(["mount", "-o", "remount,size=1m", scene.out], check=True)
        finish(scene, mortal, finished)


def test_results_larger_than_a_file_may_be_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mortal: Nursery
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    make_pictures(tmp_path / "in", ("a.jpg", "b.jpg"))
    Image.effect_noise((300, 300), 90).save(tmp_path / "in/large.jpg")
    scene = known(Scene(tmp_path / "in", tmp_path / "out"), mortal)
    folder = scene.prepare()
    assert mortal.run(folder, largest=8000)[0] == 0
    finished, failed = scene.check_ended(folder), failures(folder)
    assert failed
    assert len(contents(scene.out)) == len(finished) == len(scene.whole) - len(failed) > 0
    assert all("is larger than a file may be there" in each for each in failed)
    finish(scene, mortal, finished)


@only_root
def test_a_batch_whose_journal_finds_no_room_goes_on_to_its_end(
    scene: Scene, mortal: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    monkeypatch.setenv("XDG_STATE_HOME", str(disk))
    with small_disk(disk, "size=1m"):
        folder = scene.prepare()
        used = int(subprocess.run(["du", "-sk", disk], capture_output=True, check=True).stdout.split()[0])
        subprocess.run(["mount", "-o", f"remount,size={used + 8}k", disk], check=True)
        assert mortal.run(folder)[0] == 0
        assert folder.journal.stat().st_size == 0
        assert contents(scene.out) == scene.whole
        batch = Batch(folder)
        assert (batch.state, batch.counts()) == (State.DONE, (len(scene.whole), 0, 0))
        subprocess.run(["mount", "-o", "remount,size=1m", disk], check=True)
        finish(scene, mortal, set())


@only_root
@pytest.mark.parametrize("options", ["size=4k", "size=12k", "nr_inodes=2", "nr_inodes=3", "nr_inodes=9"])
def test_a_batch_that_finds_no_room_to_begin_says_so(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: str
) -> None:
    asked, disk = scene.asked(), tmp_path / "disk"
    monkeypatch.setenv("XDG_STATE_HOME", str(disk))
    with small_disk(disk, options):
        with pytest.raises(BatchError, match=r"cannot be started: .*No space left on device\). Free some room there"):
            start(asked)
        assert not options.startswith("size") or Shelf().batches() == ()


@contextmanager
def another_user() -> Iterator[Path]:
    """This process as somebody else, and a folder of theirs."""
    with tempfile.TemporaryDirectory(prefix="safelight-tests-") as folder:
        os.chown(folder, NOBODY, NOBODY)
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(folder)
        finally:
            os.seteuid(0)
            os.setegid(0)


@only_root
def test_a_folder_that_turns_read_only(mortal: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    with another_user() as home:
        monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
        names = [f"{number:02}.jpg" for number in range(40)]
        scene = known(Scene(make_pictures(home / "in", names), home / "out", workers=1), mortal, uid=NOBODY)
        scene.out.mkdir()
        folder = scene.prepare()
        with meanwhile(lambda: close_when_used(scene.out)):
            assert mortal.run(folder, uid=NOBODY)[0] == 0
        finished, failed = scene.check_ended(folder), failures(folder)
        assert failed
        assert all("cannot be written (Permission denied): choose another folder" in each for each in failed)
        assert len(contents(scene.out)) == len(names) - len(failed) > 0
        scene.out.chmod(0o755)
        finish(scene, mortal, finished, uid=NOBODY)


def close_when_used(folder: Path) -> None:
    while not any(folder.glob("[0-9]*")):
        time.sleep(0.001)
    folder.chmod(0o555)


@contextmanager
def meanwhile(action: Callable[[], None]) -> Iterator[None]:
    """Another thread does that."""
    thread = threading.Thread(target=action)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def test_sources_that_vanish_before_their_turn(scene: Scene, mortal: Nursery) -> None:
    folder = scene.prepare()
    gone = {"a.jpg", "below/e.jpg"}
    for name in gone:
        (scene.sources / name).unlink()
        del scene.before[name]
    assert mortal.run(folder)[0] == 0
    scene.check_ended(folder)
    assert set(contents(scene.out)) == set(scene.whole) - gone
    told = sorted(failures(folder))
    assert [each.partition(": ")[0] for each in told] == [
        f"{scene.sources / name} does not exist" for name in sorted(gone)
    ]


PLAIN = [Image.new("RGB", (240, 180), colour) for colour in ("white", "black")]


@pytest.mark.parametrize("suffix", ["tif", "bmp"])
def test_sources_that_are_replaced_all_the_time_are_of_one_edition_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mortal: Nursery, suffix: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sources = [tmp_path / "in" / f"{number:02}.{suffix}" for number in range(12)]
    (tmp_path / "in").mkdir()
    for path in sources:
        PLAIN[0].save(path)
    PLAIN[1].save(tmp_path / "other", format="TIFF" if suffix == "tif" else "BMP")
    editions = [sources[0].read_bytes(), (tmp_path / "other").read_bytes()]
    scene = Scene(tmp_path / "in", tmp_path / "out")
    folder, over, fresh = scene.prepare(), threading.Event(), tmp_path / "fresh"

    def rewrite() -> None:
        while not over.is_set():
            for edition in editions:
                for path in sources:
                    fresh.write_bytes(edition)
                    fresh.replace(path)

    thread = threading.Thread(target=rewrite)
    thread.start()
    try:
        assert mortal.run(folder)[0] == 0
    finally:
        over.set()
        thread.join()
    done, failed, _ = Batch(folder).counts()
    assert done + failed == len(sources)
    for path in scene.out.glob(f"*.{suffix}"):
        with Image.open(path) as made:
            assert made.getextrema() in (((0, 0),) * 3, ((255, 255),) * 3), "two editions in one picture"
    assert all("was changed while it was being read" in each for each in failures(folder)), failures(folder)
