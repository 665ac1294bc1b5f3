"""Which file descriptor is the terminal, and how to write to it without waiting. Writes nothing itself."""

import os
import sys


def terminal() -> int | None:
    """Standard error, else output, else input, whichever is a terminal; as Textual, so that output can go elsewhere."""
    for stream in (sys.__stderr__, sys.__stdout__, sys.__stdin__):
        if stream is not None and stream.isatty():
            return stream.fileno()
    return None


def unblocked(descriptor: int) -> int:
    """A descriptor of our own for the same terminal, which alone never blocks.

    A copy of the given one, which does block, if the system allows nothing better.
    """
    for path in (_name(descriptor), "/dev/tty"):
        try:
            return os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            continue
    return os.dup(descriptor)


def _name(descriptor: int) -> str:
    try:
        return os.ttyname(descriptor)
    except OSError:
        return ""
