"""The app as a program in a real pseudo-terminal: how it begins, is stopped, blocked, killed, crashes and ends."""

import os
import signal
import stat
import termios
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.output.program import Program
from tests.tui.output.store import THEIRS, stored
from tui.graphics.ours import OURS

LEFT = (
    "\x1b[?1049l",
    "\x1b[?25h",
    "\x1b[?1000l",
    "\x1b[?1003l",
    "\x1b[?1006l",
    "\x1b[?2004l",
    "\x1b[?1004l",
    "\x1b[<u",
)
"""What must have been written to leave the terminal as it was."""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The app, its first screen shown."""
    running = Program(str(tmp_path / "reports"), str(tmp_path / "notes"))
    running.until_shown("photograph-003.jpg")
    running.until((tmp_path / "notes").exists)
    yield running
    running.close()


def chosen(program: Program) -> str:
    """The name that the list's cursor is on."""
    bold = [y for y in range(1, 20) if "bold" in program.screen.cells(y)[2][3]]
    return unicodedata.normalize("NFD", program.screen.display[bold[0]][2:30].strip()) if bold else ""


def assert_left(program: Program) -> None:
    """The terminal is as it was before."""
    entered = program.output.rindex("\x1b[?1049h")
    assert not [code for code in LEFT if code not in program.output[entered:]]
    assert termios.tcgetattr(program.slave) == program.attributes


def test_it_shows_moves_and_ends(program: Program) -> None:
    assert chosen(program) == "sunset.jpg"
    program.send("\x1b[B\x1b[B")
    program.until(lambda: chosen(program) == "e\u0301te\u0301.png")
    program.send("q")
    assert program.ended() == 0
    assert_left(program)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_leaves_the_terminal_and_ends_as_it_should(program: Program, number: signal.Signals) -> None:
    program.send("i")
    program.until_shown(f"picture {OURS[0]}")
    assert stored(program.output) == {THEIRS, OURS[0]}
    os.kill(program.process.pid, number)
    assert program.ended() == -number
    assert_left(program)
    assert stored(program.output) == {THEIRS}


def test_a_crash_leaves_the_terminal_one_sentence_and_a_report(program: Program, tmp_path: Path) -> None:
    program.send("iu")
    program.until(lambda: program.output.count("\x1b_Gq=2,m=1") > 20)
    assert stored(program.output) >= {THEIRS, OURS[1]}
    program.send("x")
    assert program.ended() == 1
    assert stored(program.output) == {THEIRS}
    assert_left(program)
    (report,) = (tmp_path / "reports").iterdir()
    last = program.output[program.output.rindex("\x1b[?25h") :]
    assert last.count("\n") == 1
    assert last.endswith(f"; the report is in {report}.\r\n")
    assert "(ZeroDivisionError: nothing [bold]divided[/bold] by\\x1b[31m zero)" in last
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "action_fail" in report.read_text()
    assert "TERM=xterm-256color" in report.read_text()


def test_a_terminal_that_takes_nothing_keeps_nobody_waiting(program: Program, tmp_path: Path) -> None:
    noted = tmp_path / "notes"
    for step in range(1, 31):
        program.send("n" * 20 + "\x1b[B")
        program.until(lambda step=step: noted.read_text() == str(step), reading=False)
    while program.read(0.5):
        pass
    assert len(program.output) < 200_000
    program.send("\x1b[B")
    program.until(lambda: program.text().count("photograph-024.jpg"))
    program.send("q")
    assert program.ended() == 0
    assert_left(program)


def stopped(program: Program) -> bool:
    """Whether the program stands still, as after Ctrl-Z."""
    pid, status = os.waitpid(program.process.pid, os.WNOHANG | os.WUNTRACED)
    return pid != 0 and os.WIFSTOPPED(status)


def test_ctrl_z_leaves_the_terminal_and_the_way_back_draws_all_again(program: Program) -> None:
    program.send("i")
    program.until_shown(f"picture {OURS[0]}")
    os.kill(program.process.pid, signal.SIGTSTP)
    program.until(lambda: stopped(program))
    while program.read():
        pass
    assert_left(program)
    assert stored(program.output) == {THEIRS}
    program.screen.garble()
    os.kill(program.process.pid, signal.SIGCONT)
    program.until(lambda: "photograph-003.jpg" in program.text() and "#" not in program.text())
    program.send("q")
    assert program.ended() == 0
    assert_left(program)


def test_a_stop_from_outside_is_survived(program: Program) -> None:
    os.kill(program.process.pid, signal.SIGSTOP)
    program.until(lambda: stopped(program))
    program.screen.garble()
    os.kill(program.process.pid, signal.SIGCONT)
    program.until(lambda: "photograph-003.jpg" in program.text() and "#" not in program.text())
    program.send("\x1b[B" * 7)
    program.until(lambda: chosen(program) == "photograph-000.jpg")
    program.send("q")
    assert program.ended() == 0
    assert_left(program)


def test_a_terminal_that_is_gone_ends_the_app(program: Program, tmp_path: Path) -> None:
    os.close(program.slave)
    os.close(program.master)
    program.process.wait(20)
    program.master, program.slave = os.openpty()
    assert program.process.returncode == -signal.SIGHUP


def test_a_terminal_that_is_gone_without_a_signal_ends_an_idle_app(tmp_path: Path) -> None:
    program = Program(str(tmp_path / "reports"), str(tmp_path / "notes"), session=False)
    program.until_shown("photograph-000.jpg")
    os.close(program.slave)
    os.close(program.master)
    program.process.wait(20)
    program.master, program.slave = os.openpty()
    program.close()
    assert program.process.returncode == 0
