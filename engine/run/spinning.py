"""Threads that only compute, in registers: how much faster several can be than one here. Touches no memory."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable


@functools.cache
def spinner() -> Callable[[int], int]:
    """`spin(turns)` without Python's lock, compiled when first asked for."""
    import numba

    compiled: Callable[[int], int] = numba.njit("int64(int64)", nogil=True)(_spin)
    return compiled


def spin(turns: int, workers: int) -> None:
    """So many turns in all, shared out among so many threads; one of them is this one."""
    share, run = turns // workers, spinner()
    others = [threading.Thread(target=run, args=(share,), name=f"spin-{slot}") for slot in range(1, workers)]
    for thread in others:
        thread.start()
    run(share)
    for thread in others:
        thread.join()


def _spin(turns: int) -> int:
    """Marsaglia's xorshift (Xorshift RNGs, 2003), each number from the one before: no turn can be left out."""
    x = 88172645463325252
    for _ in range(turns):
        x ^= x << 13
        x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF
        x ^= x << 17
    return x
