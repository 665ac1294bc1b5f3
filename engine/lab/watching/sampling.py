"""The loop that samples: machine code without the GIL that asks the system alone. Linux only."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba import types

from engine.kernels.intrinsics import atomic_load, atomic_store, pointer_to
from engine.lab.code.compiled import kept
from engine.lab.watching.record import CAPACITY, COUNT, HEAD, LANES, OWN, STOP
from engine.lab.watching.waiting import Wait

MONOTONIC, OWN_CLOCK, UNTIL = 1, 3, 1
"""CLOCK_MONOTONIC, CLOCK_THREAD_CPUTIME_ID and TIMER_ABSTIME of Linux."""
SECOND = 1_000_000_000
LOCK, RUNNABLE, OTHER = int(Wait.LOCK), int(Wait.CORE), int(Wait.OTHER)
SELDOM = 50
"""Samples between two looks at how much sampling itself takes."""
ROOM = 64
"""Bytes of a path, and of the name of a function of the system."""

clock_gettime = types.ExternalFunction("clock_gettime", types.int32(types.int32, types.voidptr))
clock_nanosleep = types.ExternalFunction(
    "clock_nanosleep", types.int32(types.int32, types.int32, types.voidptr, types.voidptr)
)
open_file = types.ExternalFunction("open", types.int32(types.voidptr, types.int32))
read_file = types.ExternalFunction("read", types.intp(types.int32, types.voidptr, types.intp))
close_file = types.ExternalFunction("close", types.int32(types.int32))

with kept("sampling") as _cache:
    compiled = numba.njit(nogil=True, cache=_cache)


@compiled
def now(clock: Any, scratch: Any) -> Any:
    """Nanoseconds of a clock, or -1 when it is gone."""
    if clock_gettime(np.int32(clock), pointer_to(scratch.ctypes.data)) != 0:
        return np.int64(-1)
    return scratch[0] * SECOND + scratch[1]


@compiled
def asked(path: Any, name: Any) -> Any:
    """What a thread waits for, by the function of the system that it sleeps in: a Wait."""
    file = open_file(pointer_to(path.ctypes.data), np.int32(0))
    if file < 0:
        return 0
    count = read_file(file, pointer_to(name.ctypes.data), ROOM)
    close_file(file)
    if count < 1:
        return 0
    if name[0] == 48:
        return RUNNABLE
    for place in range(count - 2):
        if name[place] == 102 and name[place + 1] == 117 and name[place + 2] == 116:
            return LOCK
    return OTHER


@compiled
def sample(words: Any, ids: Any, paths: Any, period: Any, gap: Any) -> None:
    """Sample every `period` nanoseconds until told to stop or the record is full.

    `words` is a record's memory, `ids` are the workers' clocks, `paths` (workers x ROOM bytes, ending in 0) tell what
    each waits for. That is asked only of one that does not run: when its step is new, then every `gap` nanoseconds.
    """
    lanes, capacity = words[LANES], words[CAPACITY]
    stamps = words[HEAD + lanes :]
    clocks = stamps[capacity:]
    steps = clocks[capacity * lanes :]
    waits = steps[capacity * lanes :]
    scratch, name = np.zeros(2, np.int64), np.zeros(ROOM, np.uint8)
    due = np.zeros(lanes, np.int64)
    began = now(OWN_CLOCK, scratch)
    turn = now(MONOTONIC, scratch)
    for count in range(capacity):
        stamp = now(MONOTONIC, scratch)
        stamps[count] = stamp
        for lane in range(lanes):
            place = count * lanes + lane
            step = atomic_load(words, HEAD + lane)
            clock = now(ids[lane], scratch)
            steps[place] = step
            clocks[place] = clock
            if count == 0 or clock < 0:
                clocks[place] = clock if count == 0 else clocks[place - lanes]
                continue
            if step != steps[place - lanes]:
                due[lane] = 0
            runs = 2 * (clock - clocks[place - lanes]) > stamp - stamps[count - 1]
            if step != 0 and not runs and stamp >= due[lane]:
                waits[place] = asked(paths[lane], name)
                due[lane] = stamp + gap
        stops = atomic_load(words, STOP) != 0
        if stops or count % SELDOM == 0:
            words[OWN] = now(OWN_CLOCK, scratch) - began
        atomic_store(words, COUNT, count + 1)
        if stops:
            break
        turn = max(turn + period, stamp)
        scratch[0], scratch[1] = turn // SECOND, turn % SECOND
        clock_nanosleep(np.int32(MONOTONIC), np.int32(UNTIL), pointer_to(scratch.ctypes.data), pointer_to(0))
