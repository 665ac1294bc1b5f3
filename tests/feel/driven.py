"""A program in a pseudo-terminal, and how long it takes to answer a key. It emulates no screen: bytes are enough."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable

QUIET = 0.12
"""Seconds without a byte after which an answer counts as whole."""
CELLS = re.compile("[▀▄█]")
"""Characters that pictures are drawn with."""
LONGEST = 20.0


class Driven:
    """It answers the questions that Safelight asks of a terminal, at once."""

    def __init__(self, *words: str, size: tuple[int, int] = (120, 40), **environ: str) -> None:
        """`python -m` with these words, in a terminal of columns x rows."""
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | environ,
        )
        os.close(slave)

    def read(self, seconds: float) -> str:
        """What it writes within that time, answered; empty when it writes nothing."""
        if not select.select([self._master], [], [], max(seconds, 0))[0]:
            return ""
        text = os.read(self._master, 1 << 16).decode("utf-8", "replace")
        os.write(self._master, b"\x1b[0n" * text.count("\x1b[5n"))
        return text

    def until(self, found: Callable[[str], object], since: float | None = None) -> float:
        """Seconds until what it has written is as wanted; AssertionError when it never is."""
        since = time.perf_counter() if since is None else since
        text = ""
        while not found(text):
            assert time.perf_counter() - since < LONGEST, text[-500:]
            text += self.read(0.05)
        return time.perf_counter() - since

    def rest(self, seconds: float = QUIET) -> None:
        """Take what still comes, until nothing has for a while."""
        end = time.perf_counter() + LONGEST
        while self.read(seconds) and time.perf_counter() < end:
            pass

    def press(self, key: str, found: Callable[[str], object] = bool) -> float:
        """Seconds from a key to the first byte, or to the first that makes the answer as wanted."""
        began = time.perf_counter()
        os.write(self._master, key.encode())
        return self.until(found, began)

    def close(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self._master)


def has_picture(text: str) -> bool:
    """Whether part of a picture was drawn."""
    return CELLS.search(text) is not None
