"""A card is seen sharp in real terminals: at first, after a dialog, after another; and nothing is left behind."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.long.terminals.card import Screen, card, differences, framed
from tests.long.terminals.display import Display, display, same

CLOSE, STRIPES_CLOSE = 14.0, 45.0
"""Of 255. The same card in half blocks is 12 to 20 off in the mean, and above 60 in its stripes."""


@dataclass(frozen=True)
class Terminal:
    """How to start a terminal, and what Safelight should find in it."""

    name: str
    words: tuple[str, ...]
    protocol: str
    wayland: bool = False


TERMINALS = (
    Terminal(
        "kitty",
        (
            "kitty",
            "--config",
            "NONE",
            "-o",
            "remember_window_size=no",
            "-o",
            "initial_window_width=1200",
            "-o",
            "initial_window_height=800",
        ),
        "kitty",
    ),
    Terminal(
        "xterm", ("xterm", "-ti", "vt340", "-fa", "DejaVu Sans Mono", "-fs", "11", "-geometry", "120x42", "-e"), "sixel"
    ),
    Terminal(
        "xterm", ("xterm", "-ti", "vt340", "-fa", "DejaVu Sans Mono", "-fs", "13", "-geometry", "100x30", "-e"), "sixel"
    ),
    Terminal("foot", ("foot", "-F", "--config=/dev/null"), "sixel", wayland=True),
    Terminal("konsole", ("konsole", "--geometry", "1200x800", "-e"), "iterm2"),
)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Display]:
    """A display of the test's own."""
    with display(tmp_path) as ours:
        yield ours


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: f"{terminal.name}-{terminal.words[-2]}")
def test_a_picture_in_a_real_terminal(terminal: Terminal, shown: Display, tmp_path: Path, root: Path) -> None:
    needed = ("Xvfb", "xdotool", "script", terminal.name, *["weston"] * terminal.wayland)
    if missing := [name for name in needed if not shutil.which(name)]:
        pytest.skip(f"takes {', '.join(missing)}")
    cards = [card(root / "images" / "nuthatch.jpg", turn) for turn in range(2)]
    folder = tmp_path / "cards"
    folder.mkdir()
    for number, each in enumerate(cards):
        each.save(folder / f"card-{number}.png")
    doctor = tmp_path / "doctor"
    doctor.touch()
    begin(terminal, shown, program(folder, tmp_path, root))

    def sharp(number: int) -> Screen:
        return shown.until(lambda screen: is_sharp(screen, cards[number]), f"card {number}, sharp in {terminal.name},")

    while "Script done" not in doctor.read_text(errors="replace"):
        time.sleep(0.1)
    before = shown.still()
    shown.press("Return")
    sharp(0)
    told = re.sub(r"\x1b\[[0-9;]*m", "", doctor.read_text(errors="replace"))
    assert re.search(rf"pictures +{terminal.protocol} \(", told), told
    shown.press("question")
    shown.until(lambda screen: framed(screen).sum() < 5000, "help over the picture")
    shown.press("Escape")
    sharp(0)
    shown.press("j")
    sharp(1)
    shown.press("k")
    sharp(0)
    shown.press("q")
    # No pixel of the picture and no row that scrolled away.
    shown.until(lambda screen: same(screen, before), "the shell's screen as it was")


def program(folder: Path, home: Path, root: Path) -> str:
    """Numbered rows, then on a key what doctor says and the app; nothing more is written."""
    python, here = shlex.quote(sys.executable), shlex.quote(str(home))
    cache = shlex.quote(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")))
    # Kernels are compiled once for all tests; settings and state are new.
    known = "SAFELIGHT_TOUR=off SAFELIGHT_RESTORE=off"
    settings = (
        f"{known} XDG_CACHE_HOME={cache} XDG_CONFIG_HOME={here}/config XDG_STATE_HOME={here}/state PYTHONPATH={root}"
    )
    doctor = f"script -qc '{python} -m tui doctor' {here}/doctor"
    app = f"{python} -m tui {shlex.quote(str(folder))}"
    return f"export {settings}; {doctor}; seq 90; stty -echo; read -r line; {app}; read -r line"


def begin(terminal: Terminal, shown: Display, line: str) -> None:
    if not terminal.wayland:
        shown.start(*terminal.words, "bash", "-c", line)
        return
    shown.start(
        *("weston", "--backend=x11-backend.so", "--width=1200", "--height=800", "--socket=safelight", "--idle-time=0")
    )
    shown.until(lambda screen: screen.max() > 0, "Weston")
    shown.start(*terminal.words, "bash", "-c", line, WAYLAND_DISPLAY="safelight")


def is_sharp(screen: Screen, wanted: Image.Image) -> bool:
    found = differences(screen, wanted)
    return found is not None and found[0] < CLOSE and found[1] < STRIPES_CLOSE
