"""A display in memory: started, typed at and photographed. Knows nothing of what is shown on it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageGrab

from tests.long.terminals.card import Screen

SIZE = "1300x900"
PATIENCE = 40.0
STILL = 0.6
"""Seconds without a change after which a screen counts as finished."""


@dataclass
class Display:
    """One X server and what runs on it."""

    name: str
    environ: dict[str, str]
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str, **environ: str) -> None:
        """A program on this display, which ends with it."""
        with self.log.open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    words, env=self.environ | environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
                )
            )

    def press(self, key: str) -> None:
        """A key, by its name in X, for the window under the pointer."""
        subprocess.run(["xdotool", "key", key], env=self.environ, check=True, timeout=PATIENCE)

    def seen(self) -> Screen:
        """What is on it now."""
        return np.asarray(ImageGrab.grab(xdisplay=self.name).convert("RGB"))

    def until(self, found: Callable[[Screen], object], what: str) -> Screen:
        """What is on it once something is found there; AssertionError, with a picture kept, where it never is."""
        until = time.monotonic() + PATIENCE
        while not found(screen := self.seen()):
            if time.monotonic() > until:
                Image.fromarray(screen).save(self.log.with_name("screen.png"))
                raise AssertionError(f"{what} was not to be seen: {self.log.with_name('screen.png')}")
            time.sleep(0.1)
        return screen

    def still(self) -> Screen:
        """What is on it once it stands still."""
        before, since = self.seen(), time.monotonic()
        while time.monotonic() - since < STILL:
            time.sleep(0.1)
            now = self.seen()
            if not same(before, now):
                before, since = now, time.monotonic()
        return before


def same(one: Screen, other: Screen) -> bool:
    """Whether two screens are alike, but for a cursor that may blink."""
    return int((one != other).any(2).sum()) < 600


@contextmanager
def display(folder: Path) -> Iterator[Display]:
    """A new one, with settings and state of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-noreset", "-screen", "0", f"{SIZE}x24"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        name = f":{number.readline().strip()}"
    home = folder / "home"
    home.mkdir(mode=0o700)
    hidden = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "TMUX", "STY", "NO_COLOR", "COLORTERM", "WAYLAND_DISPLAY")
    environ = {key: value for key, value in os.environ.items() if key not in hidden}
    environ |= {"DISPLAY": name, "LIBGL_ALWAYS_SOFTWARE": "1", "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    shown = Display(name, environ, folder / "log")
    shown.log.touch()
    try:
        yield shown
    finally:
        for process in [*reversed(shown.processes), server]:
            process.terminate()
            process.wait(20)
