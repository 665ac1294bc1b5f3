"""A stack under development outlives the line: kept while one works, offered by the next start, gone when one quits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import SafelightError
from engine.files.places import state_folder
from engine.stack import Stack
from tests.tui.cli.conftest import TAKE_TERMINAL
from tests.tui.output.program import Program
from tui.bridge.kept import LONGEST, MOST, Kept
from tui.commands import commands

OWNER = (sys.executable, "-c", TAKE_TERMINAL, sys.executable, "-m", "tui")
"""The app as the one that a terminal belongs to: it is told when the line is cut."""
STACK = Stack.parse(["exposure:ev=1.5", "levels"])
HOLD = """
import sys
from engine.stack import Stack
from tui.bridge.kept import Kept
kept = Kept(sys.argv[1:])
kept.write(Stack.parse(["exposure:ev=0.5"]))
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is left of another test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return state_folder() / "unfinished"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One picture."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (60, 40), (90, 80, 70)).save(folder / "a.jpg")
    return folder


@pytest.fixture
def start(folder: Path, own_state: Path) -> Iterator[Callable[[], Program]]:
    """Opens the app on that folder, as often as one likes."""
    programs: list[Program] = []

    def begin() -> Program:
        programs.append(Program(program=(*OWNER, str(folder)), session=False))
        programs[-1].until_shown("a.jpg")
        return programs[-1]

    yield begin
    for program in programs:
        program.close()


def cut(program: Program) -> None:
    """The line is cut, as by sshd when the connection is lost."""
    os.close(program.slave)
    os.close(program.master)
    program.process.wait(20)
    assert program.process.returncode == -signal.SIGHUP
    program.master, program.slave = os.openpty()


def test_edits_are_there_after_a_cut_line_and_gone_after_quitting(
    start: Callable[[], Program], own_state: Path
) -> None:
    program = start()
    program.send("fexposure\r")
    program.until_shown("0.0 stops")
    program.send("]]]")
    program.until_shown("0.3 stops")
    cut(program)
    program = start()
    program.until_shown("1 filter from last time")
    assert "R" in commands()["take_up_edits"].keys
    program.send("R")
    program.until_shown("0.3 stops")
    program.send("q")
    assert program.ended() == 0
    assert list(own_state.iterdir()) == []


def left(paths: list[str]) -> subprocess.Popen[str]:
    """Another app that keeps a stack of its own, until its input ends."""
    words = [sys.executable, "-c", HOLD, *paths]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    return process


def test_two_apps_leave_each_other_alone(folder: Path) -> None:
    with left([str(folder)]) as other:
        mine = Kept([str(folder)])
        mine.write(STACK)
        assert mine.others() == ()
        other.kill()
        other.wait()
        (path,) = mine.others()
        assert Kept(["/elsewhere"]).others() == ()
    late = Kept([str(folder)])
    assert mine.take(path) == Stack.parse(["exposure:ev=0.5"])
    with pytest.raises(SafelightError):
        late.take(path)
    mine.remove()
    assert mine.others() == ()


def test_what_was_written_comes_back(folder: Path) -> None:
    kept = Kept([str(folder)])
    stack = Stack.parse(["exposure:ev=1.5,opacity=0.5,blend=screen", "levels"]).toggle(1)
    for each in (STACK, stack):
        kept.write(each)
    (path,) = Kept([str(folder)]).others()
    assert kept.take(path) == stack
    kept.write(Stack())
    assert not path.exists()


@pytest.mark.parametrize("text", [b"", b"name = 1", b"\xff\xfe", b"x" * 100_000, b"[" * 5000, b"name = 'unfinished'\n"])
def test_a_file_that_is_damaged_is_never_believed(folder: Path, own_state: Path, text: bytes) -> None:
    kept = Kept([str(folder)])
    kept.write(STACK)
    (path,) = own_state.glob("*.toml")
    path.write_bytes(text)
    with pytest.raises(SafelightError):
        kept.take(path)
    assert not path.exists()


def test_what_is_old_or_too_much_goes(folder: Path, own_state: Path) -> None:
    kept = Kept([str(folder)])
    kept.write(STACK)
    (path,) = own_state.glob("*.toml")
    for number in range(MOST + 5):
        copy = own_state / f"{path.stem[:-4]}{number:04}.toml"
        copy.write_bytes(path.read_bytes())
        when = time.time() - (2 * LONGEST if number < 3 else number)
        os.utime(copy, (when, when))
    others = Kept([str(folder)]).others()
    assert len(others) <= MOST
    assert not any(other.stem.endswith(("0000", "0001", "0002")) for other in others)


def test_where_nothing_can_be_kept_one_is_told(folder: Path, own_state: Path) -> None:
    own_state.parent.mkdir(parents=True, exist_ok=True)
    own_state.write_text("in the way")
    with pytest.raises((SafelightError, OSError)):
        Kept([str(folder)]).write(STACK)
