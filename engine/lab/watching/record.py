"""The memory of one recording, which another process may map and read while it grows. It samples nothing."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.int64]

COUNT, STOP, LANES, CAPACITY, OWN, COARSE, ROUNDS = range(7)
"""Samples taken; whether to end; workers; samples that there is room for; nanoseconds of CPU that sampling took;
whether the clocks move in steps of a few milliseconds, as those of other processes do; rounds of runs that are over."""
HEAD = 8
WORD = 8
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """Arrays over one flat memory of int64 words."""

    words: Words
    marks: Words
    """For each worker the step that it is at, 0 for none: each writes its own."""
    stamps: Words
    """When each sample was taken: nanoseconds of the monotonic clock."""
    clocks: Words
    """Samples x workers: nanoseconds of CPU time."""
    steps: Words
    """Samples x workers: the marks as they were."""
    waits: Words
    """Samples x workers: a Wait where the system was asked what the worker waits for, else 0."""

    @property
    def count(self) -> int:
        """Complete samples so far."""
        return int(self.words[COUNT])


def record_in(words: Words) -> Record:
    """The record whose head is already written in a memory."""
    lanes, capacity = int(words[LANES]), int(words[CAPACITY])
    marks, rest = words[HEAD : HEAD + lanes], words[HEAD + lanes :]
    stamps, sampled = rest[:capacity], rest[capacity : capacity * (1 + 3 * lanes)]
    clocks, steps, waits = sampled.reshape(3, capacity, lanes)
    return Record(words, marks, stamps, clocks, steps, waits)


def size_of(lanes: int, capacity: int) -> int:
    """Bytes that a record takes."""
    return WORD * (HEAD + lanes + capacity * (1 + 3 * lanes))


def new_record(lanes: int, capacity: int, path: Path | None = None) -> Record:
    """An empty record, in this process's memory or in a file, which is made; what is not used takes no room."""
    size = size_of(lanes, capacity)
    if path is None:
        memory = mmap.mmap(-1, size)
    else:
        with path.open("w+b") as file:
            file.truncate(size)
            memory = mmap.mmap(file.fileno(), size)
    words = np.frombuffer(memory, np.int64)
    words[LANES], words[CAPACITY] = lanes, capacity
    return record_in(words)


def open_record(path: Path) -> Record | None:
    """A record that another process is writing; None where there is none yet."""
    try:
        with path.open("rb") as file:
            words = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.int64)
    except (OSError, ValueError):
        return None
    return record_in(words) if len(words) > HEAD and words[CAPACITY] else None
