"""What a worker that does not run waits for, as numbers that a record holds."""

from enum import IntEnum


class Wait(IntEnum):
    """As the system tells it; 0 in a record is for not asked."""

    CORE = 1
    """It could run, but another has the core."""
    LOCK = 2
    """A lock between threads: in the midst of a step there is only the GIL."""
    OTHER = 3
    """Time, a pipe, a disk."""
