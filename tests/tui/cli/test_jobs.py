"""Batches left to themselves: seen, paused and stopped from another login, and ended by no terminal's end."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.record import Life, load_record
from engine.batch.shelf import Shelf
from engine.errors import SafelightError
from engine.job import Started, State, Summary
from tests.tui.cli.conftest import DEADLINE, Run, Screen

SLOW = (*("-f", "bilateral:radius=20") * 8, "--workers", "1")
NOBODY = 65534


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def at_work(batch: Batch) -> bool:
    return any(isinstance(event, Started) for _, event in batch.events(0))


@pytest.fixture
def sources(tmp_path: Path, photographs: Path) -> Path:
    """Two photographs of 20 megapixels."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (folder / name).symlink_to(photographs / "nuthatch.jpg")
    return folder


@pytest.fixture(autouse=True)
def own_state(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No batch of another test, none that outlives this one, in a folder that is no other's parent."""
    with tempfile.TemporaryDirectory(prefix="sl-") as folder:
        environment["XDG_STATE_HOME"] = folder
        monkeypatch.setenv("XDG_STATE_HOME", folder)
        yield Path(folder)
        for batch in Shelf().batches():
            record = load_record(batch.folder)
            if record is not None and record.life() is Life.ALIVE:
                os.kill(record.pid, signal.SIGKILL)
            until(lambda record=record: record is None or record.life() is Life.DEAD)  # type: ignore[misc]


def the_batch() -> Batch:
    until(lambda: len(Shelf().batches()) == 1)
    (batch,) = Shelf().batches()
    until(lambda: at_work(batch) and batch.state is not State.WAITING)
    return batch


def test_a_batch_is_left_seen_paused_and_stopped(safelight: Run, sources: Path, tmp_path: Path) -> None:
    left = safelight("apply", "sources", *SLOW, "-o", "out", "--detach")
    assert left.returncode == 0
    batch = the_batch()
    assert left.stdout.decode().split() == [batch.id]
    assert b"2 files on 1 threads" in left.stderr
    assert f"{batch.id}  running" in safelight("jobs").stdout.decode()
    assert b"is paused" in safelight("jobs", "--pause").stdout
    until(lambda: batch.state is State.PAUSED)
    assert json.loads(safelight("jobs", batch.id, "--json").stdout)["state"] == "paused"
    assert b"is running" in safelight("jobs", batch.id[-4:], "--resume").stdout
    refused = safelight("jobs", "--resume")
    assert (refused.returncode, refused.stderr.strip()) == (2, b"The batch is running: it cannot resume.")
    again = safelight("apply", "sources", *SLOW, "-o", "out", "--resume")
    assert b"is still at work on these files" in again.stderr
    assert b"is stopped" in safelight("jobs", "--cancel").stdout
    until(lambda: batch.state.over)
    assert batch.state is State.CANCELLED
    assert b"No batch is under way" in safelight("jobs").stderr
    assert not [path for path in (tmp_path / "out").glob("*") if path.is_file()]


def test_following_a_batch_and_leaving_it(safelight: Run, sources: Path, in_terminal: Callable[..., Screen]) -> None:
    words = ("-f", "bilateral:radius=6", "--workers", "1", "--detach", "--json")
    assert safelight("apply", "sources", *words, "-o", "out").returncode == 0
    batch = the_batch()
    assert safelight("jobs", "--pause").returncode == 0
    screen = in_terminal("jobs", "--follow")
    screen.read(until=b"paused")
    screen.type(b"\x03")
    assert b"goes on" in screen.read()
    assert screen.process.returncode == 130
    assert not batch.state.over
    assert b"--follow" in safelight("jobs", "--stop", "--pause").stderr
    assert b"finishes the files under way" in safelight("jobs", "--stop").stdout
    followed = safelight("jobs", batch.id, "--follow", "--json")
    assert followed.returncode == 130
    assert json.loads(followed.stdout.splitlines()[-1])["event"] == "summary"


@pytest.mark.parametrize("words", [("--detach",), ()])
def test_a_terminal_that_hangs_up(words: tuple[str, ...], sources: Path, in_terminal: Callable[..., Screen]) -> None:
    screen = in_terminal("apply", "sources", *SLOW, "-o", "out", *words)
    batch = the_batch()
    os.close(screen.terminal)
    screen.terminal = os.open(os.devnull, os.O_RDONLY)
    screen.process.wait(DEADLINE)
    if words:
        assert batch.state is State.RUNNING
        return
    until(lambda: batch.state.over)
    events = [event for _, event in batch.events(0)]
    assert isinstance(events[-1], Summary)
    assert (events[-1].state, events[-1].left) == (State.CANCELLED, 2 - events[-1].done)


def test_a_suspended_apply_does_not_stop_its_batch(
    safelight: Run, sources: Path, in_terminal: Callable[..., Screen]
) -> None:
    screen = in_terminal("apply", "sources", "-f", "gaussian-blur", "-o", "out")
    batch = the_batch()
    os.kill(screen.process.pid, signal.SIGTSTP)
    until(lambda: batch.state.over)
    assert batch.state is State.DONE
    os.kill(screen.process.pid, signal.SIGCONT)
    assert b"2 files done" in screen.read()


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="takes root, and setpriv")
def test_another_user_is_refused(safelight: Run, sources: Path, command: list[str], own_state: Path) -> None:
    assert safelight("apply", "sources", *SLOW, "-o", "out", "--detach").returncode == 0
    batch = the_batch()
    record = load_record(batch.folder)
    assert record is not None
    for folder in (batch.folder.path, *batch.folder.path.parents):
        if folder.is_relative_to(own_state):
            folder.chmod(0o755)
    Path(record.socket).chmod(0o666)
    connect = f"import socket; s = socket.socket(socket.AF_UNIX); s.connect({record.socket!r}); print(s.recv(999))"
    other = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    told = subprocess.run([*other, command[0], "-c", connect], capture_output=True, check=False)
    assert b"belongs to another user" in told.stdout, told.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_s_batches_are_not_opened(safelight: Run, sources: Path, own_state: Path) -> None:
    assert safelight("apply", "sources", *SLOW, "-o", "out", "--detach").returncode == 0
    the_batch()
    for folder in (own_state, own_state / "safelight"):
        folder.chmod(0o755)
    heard, told = os.pipe()
    # Forked, as another user may not reach what this one has installed.
    if os.fork() == 0:
        os.setgroups([])
        os.setresuid(NOBODY, NOBODY, NOBODY)
        try:
            os.write(told, repr(Shelf().batches()).encode())
        except SafelightError as error:
            os.write(told, str(error).encode())
        os._exit(0)
    os.close(told)
    os.wait()
    with open(heard, "rb") as said:
        assert b"belongs to another user" in said.read()


def test_batches_wait_for_their_turn_and_change_places(safelight: Run, sources: Path, tmp_path: Path) -> None:
    assert safelight("apply", "sources", *SLOW, "-o", "first", "--detach").returncode == 0
    first = the_batch()
    quick = ("-f", "invert", "--queue", "--detach")
    second = safelight("apply", "sources/a.jpg", *quick, "-o", "second")
    assert b"1 file on" in second.stderr
    assert b"in its turn" in second.stderr
    third = safelight("apply", "sources/b.jpg", *quick, "-o", "third", "--priority", "3").stdout.decode().strip()
    listed = {each["batch"]: each for each in map(json.loads, safelight("jobs", "--json").stdout.splitlines())}
    assert (listed[third]["place"], listed[third]["priority"], listed[third]["state"]) == (1, 3, "waiting")
    name = second.stdout.decode().strip()
    assert listed[name]["place"] == 2
    assert listed[first.id]["place"] == 0
    assert b"number 1 in the queue with priority 3" in safelight("jobs").stdout
    assert b"waits with priority 9" in safelight("jobs", name, "--priority", "9").stdout
    assert json.loads(safelight("jobs", name, "--json").stdout)["place"] == 1
    refused = safelight("jobs", first.id, "--priority", "1")
    assert (refused.returncode, b"has begun" in refused.stderr) == (2, True)
    assert safelight("jobs", first.id, "--cancel").returncode == 0
    found = {batch.id: batch for batch in Shelf().batches()}
    until(lambda: found[name].state is State.DONE and found[third].state is State.DONE)
    assert found[name].folder.journal.stat().st_mtime_ns < found[third].folder.journal.stat().st_mtime_ns
    assert (tmp_path / "second/a.jpg").exists()


def test_one_that_is_followed_says_that_it_waits(
    safelight: Run, sources: Path, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    assert safelight("apply", "sources", *SLOW, "-o", "first", "--detach").returncode == 0
    the_batch()
    words = [*command, "apply", "sources/a.jpg", "-f", "invert", "-o", "second", "--queue"]
    process = subprocess.Popen(words, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stderr is not None
    assert b"waits for its turn" in process.stderr.readline()
    assert b"is stopped" in safelight("jobs", "--cancel", "--all").stdout
    assert process.wait(DEADLINE) == 130
    process.communicate()
    assert b"no batch that can cancel" in safelight("jobs", "--cancel", "--all").stderr
    assert not (tmp_path / "second").exists()


def test_what_cannot_be_asked_of_the_queue(safelight: Run, sources: Path) -> None:
    for words, sentence in (
        (("apply", "sources", "-f", "invert", "-o", "out", "--priority", "2"), b"add --queue"),
        (("jobs", "--all"), b"--all goes with"),
        (("jobs", "x", "--all", "--cancel"), b"names no batch"),
        (("jobs", "--pause", "--priority", "2"), b"one thing at a time"),
        (("jobs", "--priority", "12"), b"Must be <= 9"),
    ):
        refused = safelight(*words)
        assert refused.returncode == 2
        assert sentence in refused.stderr, refused.stderr
