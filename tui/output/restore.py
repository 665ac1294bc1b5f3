"""Gives the terminal back when a signal or a crash ends the process: Textual does so only when it ends well."""

import os
import select
import signal
import sys
import termios
import time
import tty
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from engine.errors import SafelightError
from tui.output.descriptor import terminal, unblocked
from tui.output.report import write_report

END = "\x1b\\"
"""Ends whatever string was under way."""
LEAVE = (
    "\x1b[?2026l\x1b[m\x1b]8;;\x1b\\"  # synchronised output, colours, hyperlink
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?2004l\x1b[?2048l\x1b[?1004l"  # bracketed paste, resize reports, focus reports
    "\x1b[<u"  # Kitty's keyboard, which belongs to the alternate screen
    "\x1b[?7h\x1b[?1049l\x1b[?25h"  # line wrap, the other screen, the cursor
)
"""Every mode that Textual or we may have set, unset."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""From outside: in the app, Ctrl-C is a key like any other."""
PATIENCE = 0.2
"""Seconds for a busy terminal to take what it was sent before; what it then still holds is thrown away."""
SILENCE, LAST_WORDS = 0.1, 0.4
"""Seconds without an answer after which no more are expected, and for all of them."""
DEADLINE = 0.8
"""Seconds after which a terminal that takes nothing is left as it is."""


class Guard:
    """While entered, the terminal is given back on the signals that end a process and on any error.

    A signal then ends the process as it would have without us. An error that is no SafelightError is a crash: it is
    written to a report in the folder given, one sentence says so on standard error, and `status` becomes 1. `quieten`
    is called first when a signal comes: nobody else must write from then on. `farewell` gives what is written besides.
    `last` is called at the end in any case, when the terminal is given back.
    """

    def __init__(
        self,
        reports: Path,
        quieten: Callable[[], object],
        farewell: Callable[[], str] = str,
        last: Callable[[], object] = bool,
    ) -> None:
        self._reports = reports
        self._quieten = quieten
        self._farewell = farewell
        self._last = last
        self._terminal = terminal()
        self._attributes: list[Any] | None = None
        self._before: dict[signal.Signals, Any] = {}
        self.status = 0
        """Exit status that a crash asks for."""

    def __enter__(self) -> Self:
        if self._terminal is not None:
            self._attributes = termios.tcgetattr(self._terminal)
        for number in SIGNALS:
            self._before[number] = signal.signal(number, self._end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if error is None:
            self._last()
            return False
        self.restore()
        self._last()
        if not isinstance(error, Exception) or isinstance(error, SafelightError):
            return False
        self.status = 1
        self._say(write_report(error, self._reports) + "\n")
        return True

    def restore(self) -> None:
        """Give the terminal back as it was, unless another program has it now. Takes `DEADLINE` seconds at most."""
        if self._terminal is None or not _is_ours(self._terminal):
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            if leave(self._terminal, self._parting()):
                _hear_out(self._terminal)
            if self._attributes is not None:
                termios.tcsetattr(self._terminal, termios.TCSANOW, self._attributes)
        except (OSError, termios.error):
            pass

    def _parting(self) -> str:
        try:
            return self._farewell()
        except Exception:  # noqa: BLE001 - a signal may come in the middle of anything, and leaving comes first
            return ""

    def _say(self, sentence: str) -> None:
        """On standard error, which must not keep anybody waiting where it is a terminal."""
        if sys.stderr.isatty():
            _write(sys.stderr.fileno(), sentence.encode(errors="replace"))
        else:
            sys.stderr.write(sentence)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._quieten()
        self.restore()
        self._last()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def leave(descriptor: int, farewell: str = "") -> bool:
    """Write what leaves the app's screen to a terminal, the farewell before it; whether it took that at once.

    Never waits long for a busy one.
    """
    start = time.monotonic()
    _write(descriptor, (END + farewell + LEAVE).encode(errors="replace"))
    return time.monotonic() - start < PATIENCE


def _hear_out(descriptor: int) -> None:
    """Take what the terminal still answers, without showing it: a shell would read it as typed."""
    tty.setcbreak(descriptor, termios.TCSANOW)
    deadline = time.monotonic() + LAST_WORDS
    while time.monotonic() < deadline and select.select([descriptor], [], [], SILENCE)[0]:
        if not os.read(descriptor, 4096):
            return


def _is_ours(descriptor: int) -> bool:
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return True


def _write(descriptor: int, data: bytes) -> None:
    own = unblocked(descriptor)
    try:
        start = time.monotonic()
        while data and time.monotonic() - start < DEADLINE:
            try:
                data = data[os.write(own, data) :]
            except BlockingIOError:
                if time.monotonic() - start > PATIENCE:
                    termios.tcflush(own, termios.TCOFLUSH)
                select.select([], [own], [], 0.01)
    finally:
        os.close(own)
