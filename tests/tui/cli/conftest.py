"""Runs the command line as a person does: a process of its own, in a folder of its own, with or without a terminal."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
TAKE_TERMINAL = "import os, sys; os.login_tty(0); os.execv(sys.argv[1], sys.argv[1:])"
"""Makes standard input the terminal of a session of its own, as a shell's is."""
DEADLINE = 120.0
"""Seconds after which a process hangs for sure."""


@pytest.fixture
def environment(root: Path) -> dict[str, str]:
    """What a sub-process should see."""
    return os.environ | {"PYTHONPATH": str(root), "TERM": "xterm-256color"}


@pytest.fixture
def command() -> list[str]:
    """The words that start Safelight."""
    return [sys.executable, "-m", "tui"]


@pytest.fixture
def safelight(tmp_path: Path, environment: dict[str, str], command: list[str]) -> Run:
    """Runs `safelight WORD ...` in the test's folder, without a terminal."""

    def run(*words: str | bytes, stdin: bytes = b"", **changes: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            env=environment | changes,
            input=stdin,
            capture_output=True,
            timeout=DEADLINE,
            check=False,
        )

    return run


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of three small photographs, one of them in a folder below."""
    folder = tmp_path / "pictures"
    (folder / "below").mkdir(parents=True)
    for name, shade in (("a.jpg", 40), ("b.png", 90), ("below/c.jpg", 140)):
        Image.new("RGB", (320, 200), (shade, 80, 200 - shade)).save(folder / name)
    return folder


class Screen:
    """A process in a terminal of its own, whose bytes are read as they come."""

    def __init__(self, words: list[str], environment: dict[str, str], folder: Path, columns: int, rows: int) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *words], cwd=folder, env=environment, stdin=inside
        )
        os.close(inside)

    def type(self, keys: bytes) -> None:
        """Presses keys."""
        os.write(self.terminal, keys)

    def read(self, until: bytes | None = None) -> bytes:
        """Everything until the process ends, or until it has written this."""
        data = b""
        while until is None or until not in data:
            try:
                more = os.read(self.terminal, 65536)
            except OSError:
                more = b""
            if not more:
                self.process.wait(DEADLINE)
                break
            data += more
        return data

    def close(self) -> None:
        """Ends what is left of it."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.terminal)


@pytest.fixture
def in_terminal(tmp_path: Path, environment: dict[str, str], command: list[str]) -> Iterator[Callable[..., Screen]]:
    """Starts `safelight WORD ...` in a terminal of the size asked for."""
    screens = []

    def start(*words: str, columns: int = 100, rows: int = 30, **changes: str) -> Screen:
        screens.append(Screen([*command, *words], environment | changes, tmp_path, columns, rows))
        return screens[-1]

    yield start
    for screen in screens:
        screen.close()
