"""A terminal after SIGKILL is mended by `safelight doctor --restore`; in a shell, Ctrl-Z and `fg` work as ever."""

import re
import signal
import subprocess
import sys
import termios
from pathlib import Path

from tests.tui.cli.conftest import TAKE_TERMINAL, Run
from tests.tui.output.program import Program
from tests.tui.output.store import THEIRS, stored
from tests.tui.output.test_terminal import LEFT
from tui.graphics.ours import OURS, OURS_IN_FEW_COLOURS, forget_all


def test_a_terminal_is_mended_after_sigkill(tmp_path: Path, command: list[str], environment: dict[str, str]) -> None:
    program = Program(str(tmp_path / "reports"), str(tmp_path / "notes"))
    try:
        program.until_shown("photograph-003.jpg")
        program.send("i")
        program.until_shown(f"picture {OURS[0]}")
        program.send("u")
        program.until(lambda: program.output.count("\x1b_Gq=2,m=1") > 20)
        program.process.send_signal(signal.SIGKILL)
        assert program.ended() == -signal.SIGKILL
        assert stored(program.output) > {THEIRS, OURS[0]}
        assert not termios.tcgetattr(program.slave)[3] & (termios.ECHO | termios.ICANON)
        before = len(program.output)
        words = [*command, "doctor", "--restore"]
        mending = subprocess.Popen(
            words, stdin=program.slave, stdout=program.slave, stderr=program.slave, env=environment
        )
        program.until(lambda: mending.poll() is not None)
        while program.read():
            pass
        assert mending.returncode == 0
        assert not [code for code in LEFT if code not in program.output[before:]]
        assert program.output.rstrip().endswith("no picture of ours is left in it.")
        assert stored(program.output) == {THEIRS}
        wanted = termios.ECHO | termios.ICANON | termios.ISIG
        attributes = termios.tcgetattr(program.slave)
        assert attributes[3] & wanted == wanted
        assert attributes[0] & termios.ICRNL
        assert attributes[1] & termios.OPOST
    finally:
        program.close()


def test_without_a_terminal_nothing_is_written(safelight: Run) -> None:
    done = safelight("doctor", "--restore")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"is no terminal" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_through_tmux_the_terminal_behind_it_is_told() -> None:
    told = forget_all({"TMUX": "/tmp/tmux-0/default,1,0"})
    assert told.startswith("\x1bPtmux;\x1b\x1b_G")
    assert told.count("\x1b\x1b\\\x1b\\") == 3
    assert not set(OURS) & set(OURS_IN_FEW_COLOURS)


def test_in_a_shell_ctrl_z_and_fg(photographs: Path, command: list[str]) -> None:
    shell = (sys.executable, "-c", TAKE_TERMINAL, "/bin/bash", "--norc", "--noprofile", "-i")
    program = Program(program=shell, session=False, PS1="ready> ")
    try:
        program.until_shown("ready>")
        program.send(f"{' '.join(command)} {photographs}\r")
        program.until_shown("IMAGES")
        program.send("\x1a")
        program.until(lambda: re.search("Stopped[^\\n]*\\n.*ready> $", program.output, re.DOTALL))
        assert not [code for code in LEFT if code not in program.output]
        program.screen.garble()
        program.send("fg\r")
        program.until_shown("IMAGES")
        program.send("q")
        program.until(lambda: program.output.endswith("ready> "))
    finally:
        program.close()
