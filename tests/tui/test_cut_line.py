"""A line that is cut with a batch under way loses nothing: it goes on, other logins see it, the next start shows it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.shelf import Shelf
from engine.job import Finished, State, Verb
from tests.tui.cli.conftest import TAKE_TERMINAL
from tests.tui.output.program import Program

OWNER = (sys.executable, "-c", TAKE_TERMINAL, sys.executable, "-m", "tui")
"""The app as the one that a terminal belongs to: it is told when the line is cut."""
FILES = 4


@pytest.fixture(autouse=True)
def own_state(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No batch of another test, and none that outlives this one."""
    with tempfile.TemporaryDirectory(prefix="sl-") as folder:
        monkeypatch.setenv("XDG_STATE_HOME", folder)
        yield
        for batch in Shelf().batches():
            if not batch.state.over:
                batch.post(Verb.CANCEL)
            until_over(batch)


def until_over(batch: Batch) -> None:
    """Wait for its end."""
    end = time.monotonic() + 60
    while not batch.state.over:
        assert time.monotonic() < end, "it never ended"
        time.sleep(0.02)


def cut_off(folder: Path, photographs: Path) -> Batch:
    """A paused batch over a folder of photographs, whose app has lost its line."""
    for number in range(FILES):
        (folder / f"{number}.jpg").symlink_to(photographs / "nuthatch.jpg")
    program = Program(program=(*OWNER, str(folder)), session=False)
    try:
        program.until_shown("0.jpg")
        program.send("fexposure\r")
        program.until_shown("0.0 stops")
        program.send("Ma")
        program.until_shown(f"{FILES} files")
        program.send("\r")
        program.until(lambda: [each for each in Shelf().batches() if each.state is State.RUNNING])
        (batch,) = Shelf().batches()
        assert batch.ask(Verb.PAUSE) is State.PAUSED
        program.until_shown("paused")
        os.close(program.slave)
        os.close(program.master)
        assert program.process.wait(20) == -signal.SIGHUP
    finally:
        if program.process.poll() is None:
            program.process.kill()
    return batch


def test_a_batch_that_ended_meanwhile_is_shown_once(tmp_path: Path, photographs: Path) -> None:
    batch = cut_off(tmp_path, photographs)
    batch.ask(Verb.RESUME)
    until_over(batch)
    for shown in (f"done: {FILES} files", "no batch is running"):
        again = Program(program=(*OWNER, str(tmp_path)), session=False)
        try:
            again.until_shown(shown)
            again.send("q")
            assert again.process.wait(20) == 0
        finally:
            again.close()


def test_a_batch_goes_on_and_is_shown_again(tmp_path: Path, photographs: Path) -> None:
    batch = cut_off(tmp_path, photographs)
    listed = subprocess.run([sys.executable, "-m", "tui", "jobs"], capture_output=True, text=True, check=True)
    assert f"{batch.id}  paused" in listed.stdout
    again = Program(program=(*OWNER, str(tmp_path)), session=False)
    try:
        again.until_shown("paused")
        again.send("p")
        again.until_shown(f"done: {FILES} files")
    finally:
        again.close()
    until_over(batch)
    assert sum(isinstance(event, Finished) for _, event in batch.events(0)) == FILES
    assert len(list((tmp_path / "developed").iterdir())) == FILES
