"""Batches in a state folder of their own, with a stand-in crew, and none left behind."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.record import Life, load_record
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.job import Event, Started, State, Summary, Task
from engine.stack import Stack

STAND_IN = (sys.executable, str(Path(__file__).with_name("stand_in.py")))
DEADLINE = 30.0
Begin = Callable[..., Batch]


def until(reached: Callable[[], bool]) -> None:
    """Waits for something that another process does; a test that waits too long has failed."""
    deadline = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)


def story(batch: Batch) -> list[Event]:
    """Everything that a batch ever says, once it is over."""
    until(lambda: batch.state.over)
    told: list[Event] = []
    while found := batch.events(len(told)):
        assert [number for number, _ in found] == list(range(len(told), len(told) + len(found)))
        told += [event for _, event in found]
    return told


def summary(batch: Batch) -> Summary:
    last = story(batch)[-1]
    assert isinstance(last, Summary)
    return last


def started(batch: Batch, name: str) -> None:
    """Waits until the batch works on that file."""
    until(lambda: any(isinstance(event, Started) and event.path.endswith(name) for _, event in batch.events(0)))


@pytest.fixture
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty state folder. What runs when a test ends is ended, and nothing of it stays."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    yield folder
    for batch in Shelf().batches():
        record = load_record(batch.folder)
        if record is not None and record.pid != os.getpid() and record.life() is Life.ALIVE:
            os.kill(record.pid, signal.SIGKILL)
            until(lambda batch=batch, record=record: batch.state.over and record.life() is Life.DEAD)


@pytest.fixture
def begin(tmp_path: Path, state_folder: Path) -> Begin:
    """Starts a batch with the stand-in crew on sources of those names; `held` and `stuck` ones are FIFOs."""

    def begin(
        *names: str, workers: int = 1, quality: int = 90, turn: int = 0, priority: int = 0, cluster: str = ""
    ) -> Batch:
        sources = tmp_path / "in"
        sources.mkdir(exist_ok=True)
        for name in names:
            if name.startswith(("held", "stuck")):
                os.mkfifo(sources / name)
            else:
                (sources / name).write_bytes(os.fsencode(name))
        tasks = tuple(Task(str(sources / name), str(tmp_path / "out" / name)) for name in names)
        asked = Specification(
            tasks, Stack(), workers=workers, quality=quality, turn=turn, priority=priority, cluster=cluster
        )
        return start(asked, command=STAND_IN)

    return begin


@pytest.fixture
def let_go(tmp_path: Path) -> Callable[[str], None]:
    """Gives a `held` or `stuck` file its bytes."""
    return lambda name: (tmp_path / "in" / name).write_text(name) and None


def state_of(batch: Batch, state: State) -> None:
    """Waits until the batch stands there."""
    until(lambda: batch.state is state)
