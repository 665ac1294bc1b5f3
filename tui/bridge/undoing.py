"""The stacks that were, so that no change is for good. It holds values and asks nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.stack import Stack

GESTURE = 1.0
"""Seconds within which another change of the same value belongs to the one before: a key held is one change."""


class Undoing:
    """Every stack that a person has left, in order, and those that were undone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._past: list[Stack] = []
        self._future: list[Stack] = []
        self._value: tuple[int, str] | None = None
        self._when = 0.0

    def left(self, stack: Stack, value: tuple[int, str] | None = None) -> None:
        """A stack was left for another; `value` is the step and the parameter where no more than that has changed."""
        goes_on = value is not None and value == self._value and self._clock() - self._when < GESTURE
        if not goes_on:
            self._past.append(stack)
        self._future.clear()
        self._value, self._when = value, self._clock()

    def undo(self, now: Stack) -> Stack | None:
        """The stack before this one; None where there is none."""
        return self._go(now, self._past, self._future)

    def redo(self, now: Stack) -> Stack | None:
        """The stack that was undone last; None where none was, or something has changed since."""
        return self._go(now, self._future, self._past)

    def _go(self, now: Stack, there: list[Stack], back: list[Stack]) -> Stack | None:
        if not there:
            return None
        back.append(now)
        self._value = None
        return there.pop()
