"""The real app in tmux, as somebody at a far end runs it: keys go in, and the screen is read."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEADLINE = 30.0
"""Seconds until a test that hangs is ended: the first start compiles."""


class Tmux:
    """A server of its own with one window of 120 columns and 36 rows."""

    def __init__(self, socket: Path, command: list[str]) -> None:
        self._socket = str(socket)
        environ = {name: value for name, value in os.environ.items() if name not in ("TMUX", "TMUX_PANE")}
        self.run("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "36", *command, environ=environ)

    def run(self, *words: str, environ: dict[str, str] | None = None) -> str:
        """What a tmux command prints."""
        done = subprocess.run(self.line(*words), capture_output=True, text=True, check=True, cwd=ROOT, env=environ)
        return done.stdout

    def line(self, *words: str) -> list[str]:
        """A tmux command of this server."""
        return ["tmux", "-S", self._socket, *words]

    def screen(self) -> str:
        """What a person sees."""
        return self.run("capture-pane", "-p")

    def type(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self.run("send-keys", *keys)

    def until(self, seen: Callable[[str], bool]) -> str:
        """Wait for something on the screen; the screen."""
        deadline = time.monotonic() + DEADLINE
        while not seen(screen := self.screen()):
            assert time.monotonic() < deadline, screen
            time.sleep(0.05)
        return screen

    def gone(self) -> bool:
        """Whether the program has ended, and the server with it."""
        return subprocess.run(self.line("has-session"), capture_output=True, check=False).returncode != 0


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    assert shutil.which("tmux"), "This test needs tmux: apt install tmux."
    server = Tmux(tmp_path / "socket", [sys.executable, "-m", "tui", str(ROOT / "images")])
    yield server
    if not server.gone():
        server.run("kill-server")


def test_a_person_finds_a_picture_develops_it_applies_it_and_leaves(tmux: Tmux, tmp_path: Path) -> None:
    tmux.until(lambda screen: "astronaut.png" in screen and "▀" in screen)
    tmux.type("Down", "Down", "Down")
    tmux.until(lambda screen: "820 × 627" in screen)
    tmux.type("f", "g", "a", "m", "m", "a", "Enter")
    tmux.until(lambda screen: "● gamma" in screen and "1.00" in screen)
    tmux.type("]", "]")
    tmux.until(lambda screen: "1.10" in screen)
    tmux.type("a")
    tmux.until(lambda screen: "Apply to" in screen)
    tmux.type("C-u")
    tmux.type("-l", str(tmp_path / "results"))
    tmux.until(lambda screen: "1 file" in screen and "results" in screen)
    tmux.type("Enter")
    tmux.until(lambda screen: "done: 1 file" in screen)
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["fig-bowl.png"]
    tmux.type("q")
    deadline = time.monotonic() + DEADLINE
    while not tmux.gone():
        assert time.monotonic() < deadline, tmux.screen()
        time.sleep(0.05)


def test_whoever_attaches_from_afar_gets_a_thin_line(tmux: Tmux) -> None:
    first = tmux.until(lambda screen: "astronaut.png" in screen and "▀" in screen).splitlines()[0]
    assert "line unknown" not in first
    afar = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "TERM": "xterm-256color"}
    client, terminal = pty.fork()
    if client == 0:
        environ = {name: value for name, value in os.environ.items() if name not in ("TMUX", "TMUX_PANE")} | afar
        os.execvpe("tmux", tmux.line("attach"), environ)
    try:
        tmux.until(lambda screen: tmux.run("list-clients") != "")
        deadline = time.monotonic() + DEADLINE
        # It is asked when a key is pressed, as nothing happens else.
        while "tmux: line unknown, thin" not in tmux.screen().splitlines()[0]:
            assert time.monotonic() < deadline, tmux.screen()
            tmux.type("j")
            time.sleep(0.5)
        # Another terminal has come, so the whole screen was drawn again, and is as it was.
        assert "astronaut.png" in tmux.screen()
    finally:
        os.close(terminal)
        os.kill(client, signal.SIGTERM)
        os.waitpid(client, 0)
