"""The app on a pseudo-terminal of its own, for one page: bytes out, keys and size in. It knows of no web."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HELD = 1 << 16
"""Bytes that are read ahead of a slow page; the app waits then."""
GOODBYE = 5.0
"""Seconds that the app has to end by itself when its page is gone."""
LARGEST = 500
"""Columns or rows that a page may ask for: no screen has more, and each cell is work."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a terminal in cells and, where that is known, in pixels."""

    columns: int
    rows: int
    width: int = 0
    height: int = 0

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Size:
        """What a page says, within limits; ValueError where it says something else."""
        numbers = [given.get(name, 0) for name in ("columns", "rows", "width", "height")]
        columns, rows, width, height = (int(each) if isinstance(each, int | str) else -1 for each in numbers)
        if not (0 < columns <= LARGEST and 0 < rows <= LARGEST and 0 <= width < 1 << 16 and 0 <= height < 1 << 16):
            raise ValueError("no size that a terminal can have")
        return cls(columns, rows, width, height)


class Session:
    """One process of the app and its pseudo-terminal."""

    def __init__(self, process: asyncio.subprocess.Process, terminal: int) -> None:
        """Of a process that was started on the other end of `terminal`, which is its own from now on."""
        self._process, self._terminal = process, terminal
        self._reader = asyncio.StreamReader(limit=HELD)
        self._transport: asyncio.ReadTransport | None = None
        self._unsent = bytearray()

    @classmethod
    async def start(cls, command: Sequence[str], environ: Mapping[str, str], folder: str, size: Size) -> Session:
        """The command in a folder, with a new terminal of that size for its own; OSError where that cannot be had."""
        terminal, other = os.openpty()
        try:
            _resize(terminal, size)
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=other,
                stdout=other,
                stderr=other,
                cwd=folder,
                env=dict(environ),
                start_new_session=True,
                preexec_fn=_own,
            )
        except BaseException:
            os.close(terminal)
            raise
        finally:
            os.close(other)
        os.set_blocking(terminal, False)
        session = cls(process, terminal)
        await session._listen()
        return session

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        reading = os.fdopen(os.dup(self._terminal), "rb", buffering=0)
        protocol = asyncio.StreamReaderProtocol(self._reader)
        self._transport, _ = await loop.connect_read_pipe(lambda: protocol, reading)

    async def output(self) -> bytes:
        """What the app has written since; nothing once it has ended."""
        try:
            return await self._reader.read(HELD)
        except OSError:
            # That is how Linux says that nobody has the other end any more.
            return b""

    def type(self, data: bytes) -> None:
        """Keys for the app; what it does not take yet waits."""
        self._unsent += data
        self._pass_on()

    def resize(self, size: Size) -> None:
        """The page has another size."""
        _resize(self._terminal, size)

    async def close(self) -> None:
        """End the app as a cut line does, and by force where it does not end."""
        asyncio.get_running_loop().remove_writer(self._terminal)
        if self._transport is not None:
            self._transport.close()
        os.close(self._terminal)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGHUP)
        try:
            await asyncio.wait_for(self._process.wait(), GOODBYE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()

    def _pass_on(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._unsent:
                del self._unsent[: os.write(self._terminal, self._unsent)]
        except BlockingIOError:
            loop.add_writer(self._terminal, self._pass_on)
            return
        except OSError:
            self._unsent.clear()
        loop.remove_writer(self._terminal)


def _own() -> None:
    """In the new process: the terminal is the session's, so that its size and its end are signalled."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _resize(terminal: int, size: Size) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", size.rows, size.columns, size.width, size.height))
