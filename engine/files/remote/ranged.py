"""A picture on another machine as a file to read from: a few kilobytes where that will do, else the whole, once."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from engine.errors import ImageError
from engine.files.name import show
from engine.files.remote.fetched import Held, fetch, fetched
from engine.files.remote.heads import FIRST, heads
from engine.files.remote.url import absolute

if TYPE_CHECKING:
    from engine.files.edition import Edition

BLOCK = 64 << 10
"""Bytes that are asked for at once after that."""
PARTS = 8
"""Requests after which a reader gets the rest as well: one that long is cheaper than many."""


class Ranged(io.RawIOBase):
    """Bytes come as they are read, in blocks, and stay until the end. For one thread."""

    def __init__(self, url: str, edition: Edition, held: Held | None = None, reach: int = 0) -> None:
        """`reach` is how many bytes may be asked for at most, 0 for all; ImageError when a reader wants more."""
        self.url, self.edition, self._held = absolute(url), edition, held
        self.reach = min(reach or edition.size, edition.size)
        """Bytes that may be asked for."""
        self._blocks: dict[int, bytes] = {}
        self._at = self._asked = self._requests = 0

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.edition.size

    @property
    def short(self) -> bool:
        """Whether not all of it may be read."""
        return self._held is None and self.reach < self.size

    def extend(self) -> None:
        """All of it may be read after all."""
        self.reach = self.size

    def whole(self) -> bytes:
        """All of it."""
        if self._held is None:
            self._allow(self.size)
            self._held = fetched().get(self.url, self.edition)
        return self._held.data

    def readable(self) -> bool:
        """As `io.RawIOBase`."""
        return True

    def seekable(self) -> bool:
        """As `io.RawIOBase`."""
        return True

    def tell(self) -> int:
        """As `io.RawIOBase`."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As `io.RawIOBase`."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Up to so many bytes from here on."""
        wanted = self.size if size is None or size < 0 else size
        end = min(self._at + wanted, self.size)
        data = self._between(self._at, end) if end > self._at else b""
        self._at += len(data)
        return data

    def readall(self) -> bytes:
        """All that follows."""
        return self.read()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As `io.RawIOBase`."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _between(self, start: int, end: int) -> bytes:
        if self._held is None and (start, end) == (0, self.size) and self.size > FIRST:
            self.whole()
        if self._held is not None:
            return self._held.data[start:end]
        first, last = start // BLOCK, (end - 1) // BLOCK
        missing = [block for block in range(first, last + 1) if block not in self._blocks]
        if missing and self._requests >= PARTS and not self.short:
            return self.whole()[start:end]
        if missing:
            least = FIRST if missing[0] == 0 else 0
            self._fetch(missing[0] * BLOCK, min(max((missing[-1] + 1) * BLOCK, least), self.size))
        data = b"".join(self._blocks[block] for block in range(first, last + 1))
        return data[start - first * BLOCK : end - first * BLOCK]

    def _fetch(self, start: int, end: int) -> None:
        self._allow(self._asked + end - start)
        head = start == 0 and end == min(FIRST, self.size)
        data = heads().get(self.url, self.edition) if head else fetch(self.url, start, end)
        if len(data) != end - start:
            raise ImageError(f"{show(self.url)} was changed while it was being read: begin again when it is complete.")
        self._requests += 1
        self._asked += len(data)
        self._blocks |= {(start + at) // BLOCK: data[at : at + BLOCK] for at in range(0, len(data), BLOCK)}

    def _allow(self, asked: int) -> None:
        if asked > max(self.reach, FIRST):
            raise ImageError(f"{show(self.url)} is not shown small: more than {self.reach / 1e6:.1f} MB would come.")
