"""Whether somebody still waits for what comes from another machine: told to all that is done for them on a thread."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from engine.errors import SafelightError

_over: ContextVar[Callable[[], bool] | None] = ContextVar("over", default=None)


class GivenUpError(SafelightError):
    """Nobody waits for it any more."""


@contextlib.contextmanager
def until(over: Callable[[], bool]) -> Iterator[None]:
    """What comes meanwhile is given up, by GivenUpError, as soon as `over` is true."""
    token = _over.set(over)
    try:
        yield
    finally:
        _over.reset(token)


def may_be_given_up() -> bool:
    """Whether this thread works for somebody who may lose interest."""
    return _over.get() is not None


def check() -> None:
    """GivenUpError where nobody waits any more."""
    over = _over.get()
    if over is not None and over():
        raise GivenUpError("Nobody waits for it any more.")
