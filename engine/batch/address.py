"""A control socket's path as system calls take it: they refuse long ones. It makes and opens no socket."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST = 100
"""Bytes of a socket's path that every platform takes (macOS 103, Linux 107)."""
REACHES_ANY = sys.platform == "linux"
"""Whether a folder can be named by its descriptor on the way to a socket in it."""


@contextlib.contextmanager
def short(path: str | Path) -> Iterator[bytes]:
    """A short path to the same socket, which holds inside; OSError when its folder is not there."""
    raw = os.fsencode(path)
    if len(raw) <= LONGEST:
        yield raw
        return
    folder, name = os.path.split(raw)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield b"/proc/self/fd/%d/%s" % (descriptor, name)
    finally:
        os.close(descriptor)
