"""A terminal at the near end of a line: an emulator that is not ours, which answers, counts and keeps the time."""

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from typing import Any

from tests.tui.driver import Terminal, TerminalStream

COLUMNS, ROWS, CELL = 120, 50, (10, 20)
QUESTION = re.compile(r"\x1b\[5n|\x1b_Gi=31[^\x1b]*\x1b\\|\x1b\[>q|\x1b\[16t|\x1b\[c")
PIXELS = re.compile(r"\x1b_G[^\x1b]*\x1b\\|\x1b\]1337;[^\x07]*\x07|\x1bP[^\x1b]*\x1b\\")
UNFINISHED = re.compile(r"\x1b(?:\[[\d;?>]*|[_\]P][^\x07\x1b]*\x1b?)?\Z")
"""A packet may end within any sequence: a question that was cut would never be answered."""
NAMES = {"kitty": "kitty(0.40.1)", "iterm2": "iTerm2 3.5.0", "konsole": "Konsole 22.12.3"}
"""What it calls itself, by the protocol it is to have; others say nothing."""


class Client:
    """Runs a command in a terminal of 120 x 50 and shows what comes; `kind` is what pictures it can show."""

    def __init__(self, command: list[str], kind: str = "half") -> None:
        self.kind = kind
        self._master, slave = os.openpty()
        size = struct.pack("HHHH", ROWS, COLUMNS, COLUMNS * CELL[0], ROWS * CELL[1])
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        environ = {name: value for name, value in os.environ.items() if name not in ("TMUX", "STY")}
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
        os.close(slave)
        self.screen = Terminal(COLUMNS, ROWS)
        self._stream = TerminalStream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self.bytes = 0
        """All that came."""
        self.pixels: list[tuple[float, int]] = []
        """When each piece of a picture of pixels came, and its bytes."""
        self.ended = False

    def type(self, keys: str) -> float:
        """Type; the time."""
        os.write(self._master, keys.encode())
        return time.monotonic()

    def read(self, seconds: float) -> bool:
        """Take what comes within some time."""
        if self.ended or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        self.bytes += len(data)
        self._take(self._held + self._decode(data))
        return True

    def until(self, reached: Callable[[], Any], seconds: float) -> float:
        """Go on until something is so; the time when it was, infinity if it never is."""
        deadline = time.monotonic() + seconds
        while not reached():
            if self.ended or time.monotonic() > deadline:
                return float("inf")
            self.read(0.01)
        return time.monotonic()

    def rest(self, seconds: float) -> None:
        """Go on until nothing has come for some time."""
        while self.read(seconds):
            pass

    def watch(self, seconds: float) -> None:
        """Go on for some time, whatever comes."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.ended:
            self.read(0.01)

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def cells(self, columns: range, rows: range) -> list[Any]:
        """Cells of a part of the screen."""
        return [self.screen.buffer[y][x] for y in rows for x in columns]

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _take(self, text: str) -> None:
        begun = UNFINISHED.search(text)
        self._held = text[begun.start() :] if begun else ""
        text = text[: len(text) - len(self._held)]
        for question in QUESTION.findall(text):
            if answer := self._answer(question):
                os.write(self._master, answer.encode())
        now = time.monotonic()
        self.pixels += [(now, len(found)) for found in PIXELS.findall(text) if "i=31" not in found]
        self._stream.feed(PIXELS.sub("", text).replace("\x1b[<u", "").replace("\x1b[>25u", ""))

    def _answer(self, question: str) -> str:
        if question.startswith("\x1b_G"):
            return "\x1b_Gi=31;OK\x1b\\" if self.kind == "kitty" else ""
        name = NAMES.get(self.kind, "")
        return {
            "\x1b[5n": "\x1b[0n",
            "\x1b[>q": f"\x1bP>|{name}\x1b\\" if name else "",
            "\x1b[16t": f"\x1b[6;{CELL[1]};{CELL[0]}t",
            "\x1b[c": "\x1b[?62;4;22c" if self.kind == "sixel" else "\x1b[?62;22c",
        }[question]
