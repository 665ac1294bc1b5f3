"""Batches are found, told apart, trusted only when private, and forgotten when there are too many."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from engine.batch.address import LONGEST, REACHES_ANY
from engine.batch.client import STARTS_WITHIN, Batch
from engine.batch.folder import Folder, batches_folder, create_folder
from engine.batch.mirror import Mirror
from engine.batch.record import Life, Record, load_record, save_record
from engine.batch.shelf import Shelf, prune
from engine.errors import BatchError, SafelightError
from engine.job import State, Verb
from engine.meter import Meter
from engine.telemetry import Board
from tests.engine.batch.conftest import Begin, story, until


def shown(state: State, **changes: object) -> Folder:
    """A batch's folder as a process leaves it: this one's, but for the changes."""
    folder = create_folder(batches_folder())
    mirror = Mirror(folder.board)
    mirror.show(Board.fresh(1, 5), state)
    mirror.close()
    record = Record.of_this_process(total=5, output="/out", socket_path=folder.socket())
    save_record(replace(record, **changes), folder)  # type: ignore[arg-type]
    return folder


def zombie() -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    return process


def test_processes_are_told_apart(state_folder: Path) -> None:
    folder = shown(State.RUNNING)
    record = load_record(folder)
    assert record is not None
    assert record.life() is Life.ALIVE
    assert replace(record, pid=1).life() is Life.DEAD
    assert replace(record, begun="").life() is Life.DEAD
    assert replace(record, boot="another").life() is Life.DEAD
    assert replace(record, host="another").life() is Life.ELSEWHERE
    remains = zombie()
    begun = Path(f"/proc/{remains.pid}/stat").read_text().split()[21]
    assert replace(record, pid=remains.pid, begun=begun).life() is Life.DEAD
    remains.wait()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"host": 1, "pid": "x"}', "\0"])
def test_a_record_that_cannot_be_read_is_none(state_folder: Path, text: str) -> None:
    folder = create_folder(batches_folder())
    assert load_record(folder) is None
    folder.record.write_text(text)
    assert load_record(folder) is None
    assert Batch(folder).state is State.WAITING


def test_a_batch_elsewhere_is_believed_and_not_asked(state_folder: Path) -> None:
    batch = Batch(shown(State.RUNNING, host="darkroom"))
    assert batch.state is State.RUNNING
    assert batch.info().host == "darkroom"
    with pytest.raises(BatchError, match="runs on darkroom: ask it there"):
        batch.ask(Verb.PAUSE)
    assert Batch(shown(State.DONE, host="darkroom")).state is State.DONE


def test_a_batch_that_has_not_begun(state_folder: Path) -> None:
    folder = create_folder(batches_folder())
    batch = Batch(folder)
    assert (batch.state, batch.events(0), batch.snapshot(Meter("b"))) == (State.WAITING, (), None)
    assert batch.info().total == 0
    with pytest.raises(BatchError, match="has not begun"):
        batch.ask(Verb.CANCEL)
    with pytest.raises(BatchError, match="cannot be read"):
        batch.task(0)
    long_ago = time.time() - STARTS_WITHIN - 1
    os.utime(folder.path, (long_ago, long_ago))
    assert batch.state is State.BROKEN


def test_the_shelf_is_newest_first_and_keeps_what_it_knows(begin: Begin, state_folder: Path) -> None:
    shelf = Shelf()
    assert shelf.batches() == ()
    first = begin("a")
    shelf.add(first)
    story(first)
    (state_folder / "safelight" / "batches" / "20010101-000000-0000").mkdir(mode=0o700)
    assert [batch.id for batch in shelf.batches()] == [first.id, "20010101-000000-0000"]
    assert shelf.batches()[0] is first
    assert shelf.find(first.id) is first
    for name in ("nothing", "..", ""):
        with pytest.raises(BatchError, match="There is no batch"):
            shelf.find(name)


def test_only_ended_batches_beyond_the_newest_are_removed(state_folder: Path) -> None:
    root = batches_folder()
    kinds = [State.DONE, State.RUNNING, State.DONE, State.CANCELLED, State.DONE]
    folders = [shown(state) for state in kinds]
    for index, folder in enumerate(folders):
        os.rename(folder.path, root / f"2001010{index}-000000-0000")
    os.rename(shown(State.RUNNING, boot="old").path, root / "20000101-000000-0000")
    prune(root, kept=2)
    assert sorted(os.listdir(root)) == ["20010101-000000-0000", "20010103-000000-0000", "20010104-000000-0000"]


def test_folders_that_others_could_have_made_are_not_trusted(state_folder: Path, tmp_path: Path) -> None:
    root = batches_folder()
    mine = shown(State.DONE)
    (root / "file").write_text("")
    (root / "link").symlink_to(mine.path)
    if os.geteuid() == 0:
        (root / "theirs").mkdir()
        os.chown(root / "theirs", 65534, 65534)
    mine.path.chmod(0o755)
    assert [batch.id for batch in Shelf().batches()] == [mine.id]
    assert mine.path.stat().st_mode & 0o777 == 0o700
    assert root.stat().st_mode & 0o777 == 0o700
    root.rename(tmp_path / "elsewhere")
    root.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SafelightError, match="batches"):
        batches_folder()
    root.unlink()


@pytest.mark.skipif(not REACHES_ANY, reason="long paths are for Linux")
def test_a_socket_with_a_long_path_lies_with_its_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: Begin
) -> None:
    deep = tmp_path / ("d" * LONGEST)
    monkeypatch.setenv("XDG_STATE_HOME", str(deep))
    batch = begin("held-a")
    record = load_record(batch.folder)
    assert record is not None
    assert record.socket.startswith(str(deep)), "the runtime folder goes when the last login ends"
    assert batch.ask(Verb.CANCEL) is State.CANCELLED
    story(batch)
    until(lambda: not Path(record.socket).exists())  # it goes just after the last word of the journal


def test_where_long_paths_cannot_be_reached_the_socket_lies_in_the_runtime_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_folder: Path
) -> None:
    monkeypatch.setattr("engine.batch.folder.REACHES_ANY", False)
    folder = Folder(tmp_path / ("d" * LONGEST) / "20260101-000000-0000")
    assert folder.socket().parent.stat().st_mode & 0o777 == 0o700
    assert len(os.fsencode(folder.socket())) <= LONGEST


def test_what_a_killed_process_was_writing_goes_with_the_next_batch(state_folder: Path) -> None:
    folder = shown(State.DONE)
    dead = zombie()
    dead.wait()
    names = [f".record.json.{dead.pid}", f".log.txt.{dead.pid}", f".record.json.{os.getpid()}", "log.txt", ".x.1"]
    for name in names:
        (folder.path / name).touch()
    young = folder.path / f".tasks.jsonl.{dead.pid}"
    for path in folder.path.iterdir():
        os.utime(path, (0, 0))
    young.touch()
    before = set(os.listdir(folder.path))
    prune(batches_folder())
    assert before - set(os.listdir(folder.path)) == set(names[:2])
