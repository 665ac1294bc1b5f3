"""The memory of a batch, shared out among its files: each waits until what it needs is free. It measures nothing."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import ImageError
from engine.files.name import show
from engine.run.buffers import Buffers

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROCESS_BYTES = 128 << 20
"""What a batch's process takes without any picture: Python, kernels and codecs (measured: 93 MB)."""
COMPILER_BYTES = 128 << 20
"""And when kernels have to be compiled (measured: 114 to 138 MB)."""
ARENA_BYTES = 2 << 20
"""Of each worker's arena; what a plan needs beyond is added to what its picture takes."""
WORKER_BYTES = ARENA_BYTES + (2 << 20)
"""Arena, stack and heap of a thread."""
TASK_BYTES = 512
"""Of the list of files, for each."""
CHILD_BYTES = 64 << 20
"""Of a process that decodes apart (measured: 45 MB)."""
BUFFERS_A_WORKER = 3
"""A picture, its result, and one while it is turned upright."""
MEGABYTE = 1 << 20


class Claim:
    """What one file may take, from before it is read until it is over."""

    def __init__(self, budget: Budget, need: int) -> None:
        self.need = need
        self.shared = False
        """Whether what it lends can be given to another process to fill."""
        self._budget = budget
        self._lent: dict[int, NDArray[np.uint8]] = {}
        """Buffers, by the address of their first byte."""

    def empty(self, shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
        """Pixels with anything in them, as from `numpy.empty`; the claim lends their memory."""
        kind = np.dtype(dtype)
        size = math.prod(shape) * kind.itemsize
        buffer = self._budget.buffers.take(size, shared=self.shared)
        self._lent[buffer.ctypes.data] = buffer
        pixels: NDArray[Any] = buffer[:size].view(kind).reshape(shape)
        return pixels

    def give_back(self, pixels: NDArray[Any]) -> None:
        """Take back what was lent for these pixels, which nobody reads any more; others' pixels are left alone."""
        buffer = self._lent.pop(pixels.ctypes.data, None)
        if buffer is not None:
            self._budget.buffers.give_back(buffer)

    def release(self) -> None:
        """The file is over: all that was lent is taken back, and others may have the memory. Twice does no harm."""
        need, self.need = self.need, 0
        lent, self._lent = self._lent, {}
        self._budget.free(need, lent.values())


class Budget:
    """What is free of a batch's memory, and who waits for it. Its methods may be called from any thread."""

    def __init__(
        self,
        limit: int,
        workers: int,
        tasks: int,
        changed: threading.Condition,
        complete: Callable[[], bool],
    ) -> None:
        """`limit` is of the whole process; `changed` is notified whenever some memory is free again.

        `complete` tells whether all kernels are compiled already. It may take a while, so it is asked once, and only
        when there is too little memory otherwise.
        """
        self._limit, self._changed, self._complete = limit, changed, complete
        self._apart = PROCESS_BYTES + COMPILER_BYTES + workers * WORKER_BYTES + tasks * TASK_BYTES
        self._taken = 0
        self._asking, self._asked = threading.Lock(), False
        self._line: deque[object] = deque()
        """Those who wait, the first to be served first."""
        self.buffers = Buffers(BUFFERS_A_WORKER * workers)
        self.buffers.limit(self._room)

    @property
    def short(self) -> bool:
        """Whether somebody waits for memory."""
        return bool(self._line)

    def check(self, name: str, need: int) -> None:
        """ImageError when a file cannot be done with this budget, even alone."""
        if not self._fits(need):
            self._loosen()
        if need > self._room:
            raise ImageError(
                f"{show(name)} takes {math.ceil(need / MEGABYTE):,} MB of memory with these filters, more than the "
                f"{self._room // MEGABYTE:,} MB there are for pictures: use --memory "
                f"{math.ceil((need + self._apart) / MEGABYTE)}M or more."
            )

    def claim(self, need: int, meanwhile: Callable[[], Callable[[], None] | None]) -> Claim:
        """The memory, once it is free and whoever came earlier has theirs. `need` has been checked.

        Until then `meanwhile` is called with the lock of `changed` held: it waits for a change, or returns something to
        do without the lock, or raises to give up.
        """
        ticket = object()
        with self._changed:
            self._line.append(ticket)
        try:
            while True:
                with self._changed:
                    if self._line[0] is ticket and self._fits(need):
                        return self._take(need)
                    errand = meanwhile()
                if errand is not None:
                    errand()
                    # Whoever waits must not keep alive the pictures that were helped with.
                    del errand
        finally:
            with self._changed:
                self._line.remove(ticket)
                self._changed.notify_all()

    def claim_now(self, need: int) -> Claim | None:
        """The memory, if nobody has to wait for that; None otherwise."""
        with self._changed:
            return self._take(need) if not self._line and self._fits(need) else None

    def free(self, need: int, lent: Iterable[NDArray[np.uint8]]) -> None:
        """A claim is over; the buffers that it was lent are kept as far as there is room."""
        with self._changed:
            self._taken -= need
            self.buffers.limit(self._room - self._taken)
            for buffer in lent:
                self.buffers.give_back(buffer)
            self._changed.notify_all()

    @property
    def _room(self) -> int:
        """Bytes for pictures in all."""
        return max(0, self._limit - self._apart)

    def _loosen(self) -> None:
        """Let pictures have what is put by for the compiler, if nothing has to be compiled."""
        with self._asking:
            if not self._asked and self._complete():
                with self._changed:
                    self._apart -= COMPILER_BYTES
                    self.buffers.limit(self._room - self._taken)
                    self._changed.notify_all()
            self._asked = True

    def _fits(self, need: int) -> bool:
        return self._taken + need <= self._room

    def _take(self, need: int) -> Claim:
        self._taken += need
        self.buffers.limit(self._room - self._taken)
        return Claim(self, need)
