"""One child process and the way to it. It serves one caller at a time, and is not used again after a fault."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, TypeVar

import numpy as np

from engine.child import environment, python_command
from engine.files.apart.headers import understood
from engine.files.apart.memory import anonymous, shared_by, shared_empty
from engine.files.apart.order import Order
from engine.files.apart.wire import GoneError, receive, send
from engine.files.format import Empty, Facts, Raster
from engine.image import Pixels

Answer = TypeVar("Answer")
COMMAND = tuple(python_command(__package__))
ENDS_WITHIN = 0.2
"""Seconds until a child that has closed its end is gone, so that there is a status to tell."""
KEPT = 32 << 20
"""Bytes of memory for files that stay from one to the next."""


class LostError(Exception):
    """The child ended, or said what it may not; the text says how."""


class Cell:
    """A child; whoever has it gives it back to the pool, or closes it."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        """Started, though perhaps not ready yet."""
        self._peer, other = socket.socketpair()
        self._data = anonymous(0)
        with closing(other):
            self._process = subprocess.Popen(
                command,
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self._process.poll() is None

    def decode(self, order: Order, data: bytes, seconds: float, empty: Empty) -> Raster:
        """What the child makes of a file, in memory from `empty` if that can be shared.

        TimeoutError after so many seconds, LostError when the child is gone; either way it has to be closed. Whatever
        the decoder raised otherwise, as UnsupportedError, MemoryError or ValueError.
        """
        pixels = _shareable(order, empty)
        memory = shared_by(pixels)
        assert memory is not None
        self._fill(data, order.facts.icc)
        told = order.to_dict(len(data), seconds)
        return self._asked(told, (self._data, memory.descriptor), seconds, lambda said: order.understood(said, pixels))

    def examine(self, form: str, file: int, seconds: float) -> Facts:
        """What the headers of an open file of that format say; errors as for `decode`."""
        return self._asked({"examine": form, "seconds": seconds}, (file,), seconds, understood)

    def _asked(
        self,
        values: Mapping[str, Any],
        descriptors: tuple[int, ...],
        seconds: float,
        understand: Callable[[Mapping[str, Any]], Answer],
    ) -> Answer:
        began = time.monotonic()
        try:
            send(self._peer, values, seconds, descriptors)
            return understand(receive(self._peer, began + seconds - time.monotonic()))
        except GoneError as error:
            if time.monotonic() - began >= seconds:
                raise TimeoutError from None
            raise LostError(self._end() or str(error)) from None

    def close(self) -> None:
        """Ends it at once, whatever it does."""
        self._peer.close()
        if self._data >= 0:
            os.close(self._data)
            self._data = -1
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _fill(self, data: bytes, icc: bytes) -> None:
        """The file and its profile, where the child reads them."""
        if os.fstat(self._data).st_size > max(KEPT, len(data) + len(icc)):
            os.ftruncate(self._data, 0)
        at = 0
        for part in (data, icc):
            view = memoryview(part)
            while view:
                written = os.pwrite(self._data, view, at)
                at, view = at + written, view[written:]

    def _end(self) -> str:
        """How it ended, in words; empty when it has not."""
        try:
            status = self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            return ""
        return f"signal {-status}" if status < 0 else f"status {status}"


def _shareable(order: Order, empty: Empty) -> Pixels:
    """Memory for the pixels, as `empty` gives it if that will do."""
    if order.wanted is None:
        pixels = empty(order.shapes[0], np.dtype(order.dtype))
        if shared_by(pixels) is not None:
            return pixels
    return shared_empty(order.size).view(order.dtype)
