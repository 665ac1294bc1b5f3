"""Pixels that another process can be given to fill: numpy arrays over memory that has a descriptor. It shares none."""

from __future__ import annotations

import fcntl
import mmap
import os
import sys
import tempfile
import weakref
from typing import Any

import numpy as np
import numpy.typing as npt

SEALS = 0x0001 | 0x0002 | 0x0004
"""F_SEAL_SEAL, F_SEAL_SHRINK and F_SEAL_GROW: who has the descriptor cannot take memory away under its readers."""


class Shared(mmap.mmap):
    """Memory with a descriptor, which is closed when the last array over it goes."""

    descriptor: int

    @classmethod
    def of(cls, size: int) -> Shared:
        """That many bytes, all 0; OSError when there is no room."""
        descriptor = anonymous(size)
        try:
            if sys.platform == "linux":
                fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, SEALS)
            made = cls(descriptor, size)
        except BaseException:
            os.close(descriptor)
            raise
        made.descriptor = descriptor
        weakref.finalize(made, os.close, descriptor)
        return made


def shared_empty(size: int) -> npt.NDArray[np.uint8]:
    """That many bytes as an array over memory of its own that can be shared."""
    return np.frombuffer(Shared.of(size), np.uint8)


def shared_by(pixels: npt.NDArray[Any]) -> Shared | None:
    """The memory that an array lies at the beginning of; None when it is not to be shared."""
    base: Any = pixels
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, memoryview):
        base = base.obj
    if not isinstance(base, Shared):
        return None
    first = np.frombuffer(base, np.uint8).ctypes.data
    return base if pixels.ctypes.data == first and pixels.flags.c_contiguous else None


def anonymous(size: int) -> int:
    """The descriptor of a file that has no name and lies in memory where the system can do that."""
    if sys.platform == "linux":
        descriptor = os.memfd_create("safelight", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    else:
        with tempfile.TemporaryFile(prefix="safelight-") as file:
            descriptor = os.dup(file.fileno())
    try:
        os.ftruncate(descriptor, size)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
