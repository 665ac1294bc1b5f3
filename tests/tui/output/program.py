"""A program in a pseudo-terminal of its own, whose output is emulated as it comes."""

import codecs
import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.tui.driver import Terminal, TerminalStream

ROOT = Path(__file__).parents[3]
DEADLINE = 20
"""Seconds until a test that hangs is ended."""


class Program:
    """`python -m MODULE`, an app of three panes, or another program, in a terminal of a size in cells."""

    def __init__(
        self,
        *words: str,
        term: str = "xterm-256color",
        session: bool = True,
        module: str = "tests.tui.output.panes",
        program: tuple[str, ...] = (),
        size: str = "100x30",
        **changes: str,
    ) -> None:
        self.master, self.slave = os.openpty()
        columns, rows = map(int, size.split("x"))
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.attributes = termios.tcgetattr(self.slave)
        self.screen = Terminal(columns or 80, rows or 24)
        self._stream = TerminalStream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.output = ""
        """Everything written so far."""
        self.answering = True
        """Whether the terminal answers the question whether it is there."""
        self.answer: Callable[[str], str] = lambda _written: ""
        """What else the terminal answers to what it was just sent."""
        environ = {name: value for name, value in os.environ.items() if name not in ("TMUX", "STY", "TEXTUAL_DRIVER")}
        self.process = subprocess.Popen(
            program or (sys.executable, "-m", module, *words),
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            cwd=ROOT,
            start_new_session=session,
            env=environ | {"TERM": term, "COLORTERM": "truecolor"} | changes,
        )

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())

    def read(self, seconds: float = 0.05) -> bool:
        """Take what the program writes within some time; whether it wrote anything."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        text = self._decoder.decode(os.read(self.master, 1 << 16))
        self.output += text
        if self.answering:
            os.write(self.master, b"\x1b[0n" * text.count("\x1b[5n") + self.answer(text).encode())
        self._stream.feed(text.replace("\x1b[<u", "").replace("\x1b[>25u", ""))
        return True

    def until(self, reached: Callable[[], Any], reading: bool = True) -> None:
        """Go on until something is so."""
        deadline = time.monotonic() + DEADLINE
        while not reached():
            assert time.monotonic() < deadline, self.text()
            if reading:
                self.read()
            else:
                time.sleep(0.02)

    def until_shown(self, text: str) -> None:
        """Go on until the screen shows a text."""
        self.until(lambda: text in self.text())

    def ended(self) -> int:
        """Wait for the program's end; its status."""
        self.until(lambda: self.process.poll() is not None)
        while self.read():
            pass
        return self.process.returncode

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def close(self) -> None:
        """End it, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)
