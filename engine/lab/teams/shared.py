"""Memory that processes share: a file mapped by each of them, in memory where the system has such a place."""

from __future__ import annotations

import mmap
import os
import tempfile
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.lab.job import Bytes

IN_MEMORY = "/dev/shm"


class Shared:
    """Makes rooms that others can map; their file has a name only until they have."""

    def __init__(self) -> None:
        self.path = ""

    def make(self, size: int) -> Bytes:
        """So many bytes of zero."""
        number, self.path = tempfile.mkstemp(
            prefix="safelight-lab-", dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
        )
        with os.fdopen(number, "r+b") as file:
            file.truncate(size)
            return np.frombuffer(mmap.mmap(file.fileno(), size), np.uint8)

    def settle(self) -> None:
        """The name goes; the memory stays as long as somebody maps it."""
        os.unlink(self.path)
