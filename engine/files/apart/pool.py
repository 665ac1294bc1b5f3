"""The children that are at hand, given out one to a caller and taken back while they are sound. It decodes nothing.

There are as many as threads ever decoded at the same time; one that has nothing to do for a while ends by itself.
"""

from __future__ import annotations

import atexit
import functools
import threading
from collections.abc import Callable
from typing import TypeVar

from engine.files.apart.cell import Cell, LostError
from engine.files.apart.order import Order
from engine.files.format import Empty, Facts, Raster, UnsupportedError

Answer = TypeVar("Answer")


class Pool:
    """May be used from any thread."""

    def __init__(self, make: Callable[[], Cell] = Cell) -> None:
        self._make = make
        self._idle: list[Cell] = []
        self._changing = threading.Lock()

    def prepare(self, count: int) -> None:
        """Have so many at hand, as they take a moment to start."""
        with self._changing:
            missing = count - len(self._idle)
        for _ in range(missing):
            self._give_back(self._make())

    def decode(self, order: Order, data: bytes, seconds: float, empty: Empty) -> Raster:
        """What a child makes of a file; UnsupportedError, MemoryError or ValueError when it makes nothing of it."""
        return self._asked(lambda cell: cell.decode(order, data, seconds, empty), seconds)

    def examine(self, form: str, file: int, seconds: float) -> Facts:
        """What a child reads in the headers of an open file; errors as for `decode`."""
        return self._asked(lambda cell: cell.examine(form, file, seconds), seconds)

    def _asked(self, ask: Callable[[Cell], Answer], seconds: float) -> Answer:
        try:
            try:
                return self._tried(self._take(), ask)
            except LostError:
                # One that was idle may have been ended by a system short of memory, which is not the file's fault.
                return self._tried(self._make(), ask)
        except LostError as error:
            raise UnsupportedError(
                f"ended the process that decoded it ({error}): leave it out, or save it anew."
            ) from None
        except TimeoutError:
            raise UnsupportedError(
                f"took more than {seconds:g} seconds to decode and was given up: raise --max-seconds if you trust it."
            ) from None

    def _tried(self, cell: Cell, ask: Callable[[Cell], Answer]) -> Answer:
        sound = False
        try:
            answer = ask(cell)
            sound = True
            return answer
        except (UnsupportedError, MemoryError, ValueError):
            sound = True
            raise
        finally:
            if sound:
                self._give_back(cell)
            else:
                cell.close()

    def close(self) -> None:
        """End all that are idle."""
        with self._changing:
            idle, self._idle = self._idle, []
        for cell in idle:
            cell.close()

    def _take(self) -> Cell:
        while True:
            with self._changing:
                if not self._idle:
                    break
                cell = self._idle.pop()
            if cell.alive:
                return cell
            cell.close()
        return self._make()

    def _give_back(self, cell: Cell) -> None:
        with self._changing:
            self._idle.append(cell)


@functools.cache
def pool() -> Pool:
    """That of this process."""
    made = Pool()
    atexit.register(made.close)
    return made
