"""A real process from its start to its end, as clients see it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.record import load_record
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.errors import BatchError
from engine.job import Failed, Finished, Skipped, Started, State, Task, Verb
from engine.meter import Meter
from engine.stack import Stack
from tests.conftest import ROOT
from tests.engine.batch.conftest import STAND_IN, Begin, started, state_of, story, summary, until

LetGo = Callable[[str], None]


def pid_of(batch: Batch) -> int:
    record = load_record(batch.folder)
    assert record is not None
    return record.pid


def test_a_batch_from_start_to_end(begin: Begin, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.jpg").write_text("kept")
    batch = begin("a.jpg", "bad.jpg", "old.jpg", os.fsdecode(b"\xff.jpg"))
    told = story(batch)
    assert [type(event) for event in told[:-1]] == [
        Started,
        Finished,
        Started,
        Failed,
        Started,
        Skipped,
        Started,
        Finished,
    ]
    assert told[-2].output == str(tmp_path / "out" / os.fsdecode(b"\xff.jpg"))
    end = summary(batch)
    assert (end.state, end.done, end.failed, end.skipped, end.left, end.note) == (State.DONE, 2, 1, 1, 0, "")
    seen = batch.snapshot(Meter(batch.id))
    assert seen is not None
    assert (seen.state, seen.done, seen.failed, seen.skipped, seen.left) == (State.DONE, 2, 1, 1, 0)
    assert (tmp_path / "out" / "old.jpg").read_text() == "kept"
    info = batch.info()
    assert (info.id, info.state, info.total, info.output) == (batch.id, State.DONE, 4, str(tmp_path / "out"))
    assert batch.task(3) == Task(str(tmp_path / "in" / os.fsdecode(b"\xff.jpg")), told[-2].output)
    with pytest.raises(BatchError, match="The batch is done: it cannot pause"):
        batch.ask(Verb.PAUSE)


def test_pause_and_resume(begin: Begin, let_go: LetGo) -> None:
    batch = begin("held-a", "b")
    started(batch, "held-a")
    assert batch.ask(Verb.PAUSE) is State.PAUSED
    with pytest.raises(BatchError, match="The batch is paused: it cannot pause"):
        batch.ask(Verb.PAUSE)
    let_go("held-a")
    until(lambda: any(isinstance(event, Finished) for _, event in batch.events(0)))
    state_of(batch, State.PAUSED)
    assert not any(isinstance(event, Started) and event.path.endswith("b") for _, event in batch.events(0))
    batch.post(Verb.RESUME)
    assert summary(batch).done == 2


def test_drain_finishes_what_is_under_way(begin: Begin, let_go: LetGo) -> None:
    batch = begin("held-a", "b", "c")
    started(batch, "held-a")
    assert batch.ask(Verb.DRAIN) is State.DRAINING
    let_go("held-a")
    end = summary(batch)
    assert (end.state, end.done, end.left) == (State.CANCELLED, 1, 2)


@pytest.mark.parametrize("name", ["held-a", "stuck-a"])
def test_cancel_ends_within_a_second_even_when_a_thread_hangs(begin: Begin, tmp_path: Path, name: str) -> None:
    batch = begin(name, "b")
    started(batch, name)
    pid = pid_of(batch)
    assert batch.ask(Verb.CANCEL) is State.CANCELLED
    end = summary(batch)
    assert (end.state, end.done, end.left) == (State.CANCELLED, 0, 2)
    until(lambda: batch.state.over and not Path(f"/proc/{pid}").exists())
    assert not (tmp_path / "out").exists()


def test_sigterm_drains_and_the_second_cancels_and_sighup_does_nothing(begin: Begin) -> None:
    batch = begin("held-a", "b")
    started(batch, "held-a")
    os.kill(pid_of(batch), signal.SIGHUP)
    os.kill(pid_of(batch), signal.SIGTERM)
    state_of(batch, State.DRAINING)
    os.kill(pid_of(batch), signal.SIGTERM)
    end = summary(batch)
    assert (end.state, end.done, end.left) == (State.CANCELLED, 0, 2)


def test_a_killed_process_is_a_broken_batch(begin: Begin) -> None:
    batch = begin("a", "last-words", "b")
    state_of(batch, State.BROKEN)
    assert [event.index for event in story(batch)] == [0, 0, 1]
    other = Shelf().find(batch.id)
    assert other.state is State.BROKEN
    with pytest.raises(BatchError, match="The batch is broken: it cannot cancel"):
        other.ask(Verb.CANCEL)
    seen = other.snapshot(Meter(other.id))
    assert seen is not None
    assert seen.state is State.BROKEN


def test_a_batch_outlives_the_client_that_started_it(begin: Begin, tmp_path: Path, let_go: LetGo) -> None:
    script = f"""
        import os, sys
        from engine.batch.specification import Specification
        from engine.batch.start import start
        from engine.job import Task
        from engine.stack import Stack
        source = {str(tmp_path / "held-a")!r}
        os.mkfifo(source)
        print(start(Specification((Task(source, source + ".out"),), Stack()), command={STAND_IN!r}).id, flush=True)
        os.kill(os.getpid(), 9)
    """
    client = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], check=False, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    batch = Shelf().find(client.stdout.strip())
    started(batch, "held-a")
    assert os.getsid(pid_of(batch)) == os.getpgid(pid_of(batch)) == pid_of(batch)
    assert {os.readlink(f"/proc/{pid_of(batch)}/fd/{number}") for number in range(3)} == {
        os.devnull,
        str(batch.folder.log),
    }
    (tmp_path / "held-a").write_text("a")
    assert summary(batch).done == 1


def test_a_second_client_sees_the_same(begin: Begin, let_go: LetGo) -> None:
    first = begin("a", "bad", "held-c", "d", workers=2)
    started(first, "held-c")
    second = Shelf().find(first.id)
    assert second.ask(Verb.PAUSE) is State.PAUSED
    state_of(first, State.PAUSED)
    first.ask(Verb.RESUME)
    let_go("held-c")
    assert story(second) == story(first)
    assert summary(second).done == 3


def test_a_crew_that_cannot_be_had_is_a_broken_batch_that_says_why(begin: Begin) -> None:
    batch = begin("a", "b", quality=1)
    end = summary(batch)
    assert (end.state, end.left, end.note) == (State.BROKEN, 2, "no crew today")
    assert "RuntimeError" in batch.folder.log.read_text()


def test_what_goes_wrong_before_the_start_is_the_clients_to_know(state_folder: Path) -> None:
    task = (Task("/a", "/b"),)
    mute = (sys.executable, "-c", "raise SystemExit('a riddle')")
    with pytest.raises(BatchError, match="ended before it could begin") as mistake:
        start(Specification(task, Stack()), command=mute)
    (broken,) = Shelf().batches()
    assert str(broken.folder.log) in str(mistake.value)
    assert "a riddle" in broken.folder.log.read_text()
    spoil = "import sys, pathlib; from engine.batch.process import serve; f = pathlib.Path(sys.argv[1]); "
    spoil += "(f / 'specification.json').write_text('{'); sys.exit(serve(f, int(sys.argv[2])))"
    with pytest.raises(BatchError, match=r"The specification of batch .* cannot be read"):
        start(Specification(task, Stack()), command=(sys.executable, "-c", spoil))
    assert [batch.id for batch in Shelf().batches()] == [broken.id]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "use `safelight apply`"),
        (["a", "b"], 2, "use `safelight apply`"),
        (["nowhere"], 1, "nowhere cannot be used"),
    ],
)
def test_the_command_is_not_for_people(arguments: list[str], status: int, said: str) -> None:
    done = subprocess.run([sys.executable, "-m", "engine", *arguments], check=False, stderr=subprocess.PIPE, cwd=ROOT)
    assert (done.returncode, said in done.stderr.decode()) == (status, True)


def test_reading_what_a_batch_does_costs_little(begin: Begin, let_go: LetGo) -> None:
    batch = begin("held-a", workers=4)
    started(batch, "held-a")
    meter, number = Meter(batch.id), batch.events(0)[-1][0] + 1
    begun = time.process_time()
    for _ in range(1000):
        assert batch.events(number) == ()
        assert batch.snapshot(meter) is not None
    assert time.process_time() - begun < 5.0
    let_go("held-a")
    assert summary(batch).done == 1
