"""A thread that samples while a team works. It decides nothing."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from engine.lab.watching.record import COARSE, COUNT, STOP, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.lab.lane import Lane

HERTZ = 500
ASKING, ASKING_ALL = 160, 3200
"""Times a second that the system is asked what a thread waits for, at most, and of all of them together."""
CAPACITY = 60 * HERTZ
SECOND = 1_000_000_000


def missing(lanes: Sequence[Lane]) -> str:
    """A sentence where nothing can be watched."""
    if sys.platform != "linux" or any(lane.clock is None for lane in lanes):
        return "Time lines need Linux, which lets one read the CPU clock of every thread."
    return ""


@contextlib.contextmanager
def watched(record: Record, lanes: Sequence[Lane]) -> Iterator[None]:
    """Sample into the record from before the first thing inside until after the last; it begins anew."""
    from engine.lab.watching.sampling import ROOM, sample

    ids = np.array([lane.clock for lane in lanes], np.int64)
    paths = np.zeros((len(lanes), ROOM), np.uint8)
    for path, lane in zip(paths, lanes, strict=True):
        name = f"/proc/{lane.process}/task/{lane.thread}/wchan".encode()
        path[: len(name)] = np.frombuffer(name, np.uint8)
    words = record.words
    record.waits[: record.count] = 0
    words[COUNT] = words[STOP] = 0
    words[COARSE] = any(lane.process != os.getpid() for lane in lanes)
    asking = min(ASKING, ASKING_ALL // len(lanes))
    arguments = (words, ids, paths, SECOND // HERTZ, SECOND // asking)
    thread = threading.Thread(target=sample, args=arguments, name="watcher", daemon=True)
    thread.start()
    while not record.count and thread.is_alive():
        time.sleep(1e-4)
    try:
        yield
    finally:
        words[STOP] = 1
        thread.join()
