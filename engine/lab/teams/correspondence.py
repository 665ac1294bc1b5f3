"""Orders to an attendant and its answers, as pickled bytes that are counted and timed. It knows no pictures."""

from __future__ import annotations

import pickle
import time
from typing import Any, BinaryIO

from engine.errors import SafelightError
from engine.lab.lane import Moved


class Correspondence:
    """One order at a time, from one thread."""

    def __init__(self, writer: BinaryIO, reader: BinaryIO) -> None:
        self._writer, self._reader = writer, reader
        self.moved = Moved()

    def ask(self, name: str, *arguments: Any) -> Any:
        """What the attendant's method gives; SafelightError when it fails or is there no more.

        The time of sending is counted until the last byte is with the system, that of the answer from its first.
        """
        began = time.perf_counter()
        order = pickle.dumps((name, arguments), pickle.HIGHEST_PROTOCOL)
        try:
            self._writer.write(order)
            self._writer.flush()
            sent = time.perf_counter()
            head = self._reader.read(1)
            first = time.perf_counter()
            counted = Counted(head, self._reader)
            done, answer = pickle.load(counted)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise SafelightError(f"A worker ended before it answered ({error}); run it again.") from error
        self.moved += Moved(len(order) + counted.count, sent - began + time.perf_counter() - first)
        if not done:
            raise SafelightError(f"A worker failed: {answer}.")
        return answer

    def close(self) -> None:
        """The attendant finds the end of its orders."""
        for file in (self._writer, self._reader):
            try:
                file.close()
            except OSError:
                pass


class Counted:
    """A file whose first byte was read already, and how many there were."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file = head, file
        self.count = len(head)

    def read(self, size: int) -> bytes:
        """Up to so many bytes."""
        found = self._head[:size]
        self._head = self._head[size:]
        more = self._file.read(size - len(found)) if len(found) < size else b""
        self.count += len(more)
        return found + more

    def readinto(self, room: bytearray | memoryview) -> int:
        """Fill the room, without a copy where nothing was read yet."""
        if self._head:
            found = self.read(len(room))
            room[: len(found)] = found
            return len(found)
        size: int = self._file.readinto(room)  # type: ignore[attr-defined]
        self.count += size
        return size

    def readline(self) -> bytes:
        """The rest of a line."""
        found = self._head + self._file.readline()
        self.count += len(found) - len(self._head)
        self._head = b""
        return found
