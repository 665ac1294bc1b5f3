"""The app is left in a terminal that nobody reads, by every way out: the terminal is given back, nobody waits."""

import os
import signal
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.output.program import Program
from tests.tui.output.store import THEIRS, stored
from tests.tui.output.test_terminal import LEFT, stopped
from tui.graphics.ours import OURS

SOON = 3.0
"""Seconds: it takes less than one, on a machine that has nothing else to do."""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The app in the middle of sending a picture to a terminal that takes nothing more."""
    running = Program(str(tmp_path / "reports"), str(tmp_path / "notes"))
    running.until_shown("photograph-003.jpg")
    running.send("i")
    running.until_shown(f"picture {OURS[0]}")
    running.send("u")
    running.until(lambda: running.output.count("\x1b_Gq=2,m=1") > 20)
    # The answers of a terminal that is read by nobody any more: they fill the line for good.
    os.write(running.master, b"\x1b[0n" * 40)
    for step in range(1, 4):
        running.send("n" * 20 + "\x1b[B")
        running.until(lambda step=step: (tmp_path / "notes").read_text() == str(step), reading=False)
        os.write(running.master, b"\x1b[0n" * 40)
    yield running
    running.close()


def leave(program: Program, key: str = "", number: int = 0) -> None:
    """Press a key or send a signal, and see that it is over soon, with nobody reading."""
    begun = time.monotonic()
    if key:
        program.send(key)
    else:
        os.kill(program.process.pid, number)
    over = (lambda: stopped(program)) if number == signal.SIGTSTP else (lambda: program.process.poll() is not None)
    program.until(over, reading=False)
    assert time.monotonic() - begun < SOON
    assert termios.tcgetattr(program.slave) == program.attributes
    while program.read():
        pass
    assert not [code for code in LEFT if code not in program.output[program.output.rindex("\x1b[?1049h") :]]
    assert stored(program.output) == {THEIRS}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal(program: Program, number: signal.Signals) -> None:
    leave(program, number=number)
    assert program.process.returncode == -number


def test_a_crash_says_so_all_the_same(program: Program) -> None:
    leave(program, key="x")
    assert program.process.returncode == 1
    assert "the report is in" in program.output


def test_quitting(program: Program) -> None:
    leave(program, key="q")
    assert program.process.returncode == 0


def test_ctrl_z_and_back(program: Program) -> None:
    leave(program, number=signal.SIGTSTP)
    program.screen.garble()
    os.kill(program.process.pid, signal.SIGCONT)
    program.until(lambda: "photograph-003.jpg" in program.text() and "#" not in program.text())
