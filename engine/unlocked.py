"""CPU time that threads spend in calls that release Python's lock, measured around those calls. It starts no thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
OUTSIDE = -1


class Account:
    """Of one thread: written by that thread, read from any."""

    __slots__ = ("_entry",)

    def __init__(self) -> None:
        self._entry = (0, OUTSIDE)
        """Nanoseconds of the calls that are over, and the thread's CPU time when it entered the one it is in."""

    def read(self, clock: Callable[[], int]) -> tuple[int, int]:
        """Nanoseconds of CPU time in such calls, one under way included, and in all: what `clock` says."""
        # The entry first: a call that ends meanwhile is then counted up to now, not left out.
        spent, begun = self._entry
        now = clock()
        return spent + (max(0, now - begun) if begun != OUTSIDE else 0), now

    def enter(self) -> bool:
        """A call begins; whether it is the outermost."""
        spent, begun = self._entry
        if begun != OUTSIDE:
            return False
        self._entry = spent, time.thread_time_ns()
        return True

    def leave(self) -> None:
        """The outermost call is over."""
        spent, begun = self._entry
        self._entry = spent + time.thread_time_ns() - begun, OUTSIDE


class _Here(threading.local):
    """The account of the thread that asks."""

    def __init__(self) -> None:
        self.account = Account()


_here = _Here()


def account() -> Account:
    """That of the thread that asks."""
    return _here.account


def unlocked(call: Callable[Parameters, Result], /, *arguments: Parameters.args, **named: Parameters.kwargs) -> Result:
    """Call something that releases Python's lock for as long as it computes: its CPU time goes to the account.

    Two readings of the thread's clock, about a microsecond: for calls that take a millisecond and more.
    """
    here = _here.account
    if not here.enter():
        return call(*arguments, **named)
    try:
        return call(*arguments, **named)
    finally:
        here.leave()
