"""A program in a pseudo-terminal: each write is dated and counted, and an emulator that is not ours shows it."""

import codecs
import fcntl
import os
import pty
import queue
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.tui.driver import Terminal, TerminalStream

ROOT = Path(__file__).parent.parent.parent.parent
SIZE = (120, 50)
"""Columns and rows."""
PATIENCE = 60.0
"""Seconds after which what is waited for will not come."""
SYNC_ASKED, SYNC_KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""A terminal of today shows a frame at once when asked to; the app then sends the marks around each."""
FOREIGN = ("SSH_", "TEXTUAL", "TMUX", "STY", "NO_COLOR")
"""Beginnings of what would make the app behave for another terminal."""
APP = (sys.executable, "-m", "tui")
KNOWN = {"SAFELIGHT_TOUR": "off", "SAFELIGHT_RESTORE": "off", "SAFELIGHT_EDITS": "off"}
"""Whoever measures has been shown round, and begins at the beginning."""


def environment(**changes: str) -> dict[str, str]:
    """What a terminal of today tells a program, and where to find this Safelight."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SSH_", "TEXTUAL", "TMUX", "STY"))
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)} | KNOWN | changes


class Session:
    """A program under way; what it writes is read at once and fed to the emulator when somebody waits for it."""

    def __init__(
        self, words: Sequence[str], environ: Mapping[str, str], folder: Path = ROOT, size: tuple[int, int] = SIZE
    ) -> None:
        self.screen = Terminal(*size)
        self.taken = 0
        """Bytes of what the screen shows."""
        self._stream = TerminalStream(self.screen)
        self._written: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._master, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.began = time.perf_counter()
        """When the program was started."""
        self.process = subprocess.Popen(
            words, cwd=folder, env=environ, stdin=inside, stdout=inside, stderr=inside, start_new_session=True
        )
        os.close(inside)
        threading.Thread(target=self._read, name="reader", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        os.close(self._master)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def wait(self, until: Callable[[], bool], patience: float = PATIENCE) -> float:
        """When the program wrote what made this true; TimeoutError, with the screen, if that does not come."""
        deadline = time.perf_counter() + patience
        while True:
            try:
                when, data = self._written.get(timeout=max(0.0, deadline - time.perf_counter()))
            except queue.Empty:
                raise TimeoutError(
                    "\n".join(["It did not come. The screen:", *filter(str.strip, self.text())])
                ) from None
            self._show(data)
            if until():
                return when

    def settle(self, quiet: float) -> int:
        """Wait until nothing was written for so many seconds; the bytes that came meanwhile."""
        before = self.taken
        while True:
            try:
                self._show(self._written.get(timeout=quiet)[1])
            except queue.Empty:
                return self.taken - before

    def text(self) -> list[str]:
        """The rows of the screen, without colours."""
        return list(self.screen.display)

    def shows(self, *words: str) -> bool:
        """Whether all these are somewhere on the screen."""
        whole = "\n".join(self.text())
        return all(word in whole for word in words)

    def half_blocks(self) -> list[tuple[int, ...]]:
        """Red, green and blue of every pixel that is half a cell: what is on the screen of a picture."""
        cells = [self.screen.buffer[y][x] for y in range(self.screen.lines) for x in range(self.screen.columns)]
        colours = [colour for cell in cells if cell.data in "▀▄" for colour in (cell.fg, cell.bg)]
        return [tuple(bytes.fromhex(colour)) for colour in colours if len(colour) == 6]

    def _show(self, data: bytes) -> None:
        self.taken += len(data)
        if SYNC_ASKED in data:
            os.write(self._master, SYNC_KNOWN)
        self._stream.feed(self._decoder.decode(data))

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:
                return
            if not data:
                return
            self._written.put((time.perf_counter(), data))
