"""Where threads run, told to the scheduler before they wake: some put a thread that wakes beside the one that woke it.

On such a machine (two cores, a kernel that packs threads onto few of them), the second of two workers began 3 to 5 ms
after the first in half of all calls: a matrix over 24 Mpx took 13.7 ms, and 9.5 with the second kept off the first's
processor.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
import threading
from collections.abc import Callable, Sequence

if sys.platform == "linux":

    def keep_clear(threads: Sequence[threading.Thread]) -> None:
        """Keep these threads off the processor that this one runs on, wherever else it may run."""
        others = os.sched_getaffinity(0) - {_here()()}
        if not others:
            return
        for number in filter(None, (thread.native_id for thread in threads)):
            # A thread that is not there any more, or a sandbox that forbids it: the scheduler decides alone.
            with contextlib.suppress(OSError):
                os.sched_setaffinity(number, others)

    @functools.cache
    def _here() -> Callable[[], int]:
        """The C library's sched_getcpu, or what says that nobody knows."""
        try:
            return ctypes.CDLL(None).sched_getcpu
        except (OSError, AttributeError):
            return lambda: -1

else:

    def keep_clear(threads: Sequence[threading.Thread]) -> None:
        """Only Linux lets one say so."""
