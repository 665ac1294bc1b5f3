"""Memory for pixels, lent and taken back: fresh pages cost more than decoding into old ones. It holds no picture."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from engine.files.apart.memory import shared_by, shared_empty

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Buffer = NDArray[np.uint8]

STEP = 1 << 16
EIGHTH = 3
"""Sizes are rounded up by less than an eighth, so that pictures of nearly the same size share buffers."""


def rounded(size: int) -> int:
    """Bytes of the buffer that a picture of that many bytes gets."""
    step = max(STEP, 1 << max(0, size.bit_length() - 1 - EIGHTH))
    return -(-size // step) * step


class Buffers:
    """Buffers that nobody uses now. Its methods may be called from any thread."""

    def __init__(self, count: int) -> None:
        """At most `count` are kept, and none until `limit` allows it."""
        self._count, self._most = count, 0
        self._idle: list[Buffer] = []
        """Those given back last come last."""
        self._changing = threading.Lock()

    @property
    def idle(self) -> int:
        """Bytes kept."""
        with self._changing:
            return sum(buffer.nbytes for buffer in self._idle)

    def take(self, size: int, *, shared: bool = False) -> Buffer:
        """At least that many bytes, with anything in them; one that was used before if there is one of this size.

        With `shared` another process can be given it to fill.
        """
        wanted = rounded(size)
        with self._changing:
            for place in reversed(range(len(self._idle))):
                idle = self._idle[place]
                if idle.nbytes == wanted and (shared_by(idle) is not None) == shared:
                    return self._idle.pop(place)
        return shared_empty(wanted) if shared else np.empty(wanted, np.uint8)

    def give_back(self, buffer: Buffer) -> None:
        """Keep it for the next one, as far as there is room."""
        with self._changing:
            self._idle.append(buffer)
            self._drop()

    def limit(self, most: int) -> None:
        """Keep at most so many bytes from now on."""
        with self._changing:
            self._most = most
            self._drop()

    def _drop(self) -> None:
        """The oldest go first."""
        while len(self._idle) > self._count or sum(buffer.nbytes for buffer in self._idle) > self._most:
            del self._idle[0]
