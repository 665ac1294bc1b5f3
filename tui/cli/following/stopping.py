"""What Ctrl-C asks of a batch, and when: counts of signals and seconds in, verbs out. It has no clock."""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from engine.job import Verb

PATIENCE = 10.0
"""Seconds that the files under way get after the first Ctrl-C."""
INTERRUPTING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Handler = Callable[[int, FrameType | None], object] | int | None


class Stopping:
    """Counts the signals that ask for an end while it is entered, and says what to ask of the batch."""

    def __init__(self) -> None:
        self.asked = 0
        """Signals so far."""
        self._since: float | None = None
        self._granted: set[Verb] = set()
        self._before: list[tuple[signal.Signals, Handler]] = []

    def __enter__(self) -> Self:
        self._before = [(number, signal.signal(number, self._count)) for number in INTERRUPTING]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)

    def ask(self) -> None:
        """The same as one more signal."""
        self.asked += 1

    def verb(self, now: float) -> Verb | None:
        """What to ask of the batch at this moment (seconds of any steady clock): the same until it is granted."""
        if not self.asked:
            return None
        if self._since is None:
            self._since = now
        verb = Verb.CANCEL if self.asked > 1 or now - self._since >= PATIENCE else Verb.DRAIN
        return None if verb in self._granted else verb

    def grant(self, verb: Verb) -> None:
        """The batch has heard this one."""
        self._granted.add(verb)

    def _count(self, number: int, frame: FrameType | None) -> None:
        self.ask()
