"""The real app where terminals are poor or far: GNU screen, mosh, no size, few colours, a mouse that tells too much."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.output.program import Program

FAR = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
HALVES = {"▀", "▄", "█"}
CONNECT = re.compile(r"MOSH CONNECT (\d+) (\S+)")


@contextmanager
def started(folder: Path, *words: str, **changes: str) -> Iterator[Program]:
    """The app on the photographs, its list shown."""
    program = Program(str(folder), *words, module="tui", **changes)
    try:
        program.until_shown("astronaut.png")
        program.until_shown("idle: no batch")
        yield program
        program.send("q")
        assert program.ended() == 0
    finally:
        program.close()


def drawn(program: Program) -> set[str]:
    """The characters that the picture is made of."""
    return {char for line in program.screen.display[3:20] for char in line[40:60]}


@pytest.mark.parametrize(("changes", "hovers"), [({}, True), (FAR, False)])
def test_the_mouse_tells_of_every_move_only_nearby(photographs: Path, changes: dict[str, str], hovers: bool) -> None:
    with started(photographs, **changes) as program:
        program.until(lambda: HALVES & drawn(program))
        assert "\x1b[?1002h" in program.output
        assert ("\x1b[?1003h" in program.output) is hovers


def test_without_a_word_on_colours_256_are_used(photographs: Path) -> None:
    with started(photographs, COLORTERM="") as program:
        program.until(lambda: HALVES & drawn(program))
        assert "\x1b[38;2;" not in program.output
        assert "38;5;" in program.output


def test_without_colours_pictures_are_characters(photographs: Path) -> None:
    with started(photographs, NO_COLOR="1") as program:
        program.until(lambda: len(drawn(program)) > 5)
        assert not HALVES & drawn(program)
        assert not re.search(r"\x1b\[[0-9;]*(?:38|48);", program.output)


def test_a_terminal_without_a_size_counts_as_usual(photographs: Path) -> None:
    with started(photographs, size="0x0") as program:
        program.until(lambda: HALVES & drawn(program))
        assert "quit" in program.screen.display[23]


@pytest.mark.skipif(shutil.which("screen") is None, reason="GNU screen is not installed")
def test_gnu_screen_gets_half_blocks(photographs: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    line = ("screen", "-c", os.devnull, sys.executable, "-m", "tui", str(photographs))
    program = Program(program=line, SCREENDIR=str(tmp_path))
    try:
        program.until_shown("astronaut.png")
        program.until(lambda: HALVES & drawn(program))
        assert "\x1b_G" not in program.output
        assert "\x1bP" not in program.output.replace("\x1bP+q", "")
        program.send("q")
        program.until(lambda: "screen is terminating" in program.output)
    finally:
        program.close()


@pytest.mark.skipif(shutil.which("mosh-server") is None, reason="mosh is not installed")
def test_mosh_gets_half_blocks_and_a_thin_line(photographs: Path) -> None:
    utf8 = {"LC_ALL": "C.UTF-8"}
    app = ["mosh-server", "new", "-i", "127.0.0.1", "--", sys.executable, "-m", "tui", str(photographs)]
    told = subprocess.run(app, env=os.environ | FAR | utf8, capture_output=True, text=True, check=True, timeout=30)
    found = CONNECT.search(told.stdout)
    assert found is not None, told.stdout
    program = Program(program=("mosh-client", "127.0.0.1", found[1]), MOSH_KEY=found[2], **utf8)
    try:
        program.until_shown("astronaut.png")
        program.until(lambda: "mosh: line unknown, thin" in program.screen.display[0])
        program.until(lambda: HALVES & drawn(program))
        program.send("q")
        assert program.ended() == 0
    finally:
        program.close()


def test_a_terminal_that_says_its_name_gets_all_colours_without_a_word_on_them(photographs: Path) -> None:
    program = Program(str(photographs), module="tui", COLORTERM="")
    program.answer = lambda written: "\x1bP>|VTE(7600)\x1b\\\x1b[?65;1c" if "\x1b[>q" in written else ""
    try:
        program.until(lambda: "\x1b[38;2;" in program.output)
        program.send("q")
        assert program.ended() == 0
    finally:
        program.close()
