"""Pictures judged on threads, as far as they are done whenever somebody asks. It tells nobody and writes nothing."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from engine.culling.score import Outcome, Unreadable, judged
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.source import expect
from engine.run.cpu import available_workers


class Culling:
    """The scores of some files. All methods return at once but `wait`, and may be called from any thread."""

    def __init__(self, paths: Sequence[str], limits: Limits | None = None, workers: int | None = None) -> None:
        """Without a number of workers there are as many threads as cores that this process may use."""
        self._paths, self._limits = tuple(paths), limits or Limits()
        self._workers = min(workers or available_workers(), len(self._paths))
        self._changed = threading.Condition()
        self._outcomes: list[Outcome] = []
        self._next = 0
        self._at_work = 0
        self._cancelled = False

    @property
    def total(self) -> int:
        """How many files there are."""
        return len(self._paths)

    @property
    def over(self) -> bool:
        """Whether no thread is at work, or ever will be."""
        with self._changed:
            return self._at_work == 0

    def start(self) -> None:
        """Sets the threads to work; once."""
        with self._changed:
            self._at_work = self._workers
        for number in range(self._workers):
            threading.Thread(target=self._work, name=f"culling {number + 1}", daemon=True).start()

    def outcomes(self, start: int = 0) -> tuple[Outcome, ...]:
        """What is done so far, in the order in which it was done, from that number on."""
        with self._changed:
            return tuple(self._outcomes[start:])

    def cancel(self) -> None:
        """Begin no other file; those under way are finished and counted."""
        with self._changed:
            self._cancelled = True

    def wait(self, timeout: float) -> bool:
        """True once all threads have ended; False when that takes longer, in seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._at_work == 0, timeout)

    def _work(self) -> None:
        try:
            while (number := self._taken()) is not None:
                ahead = number + self._workers
                if ahead < len(self._paths):
                    expect(self._paths[ahead])
                outcome = self._judged(self._paths[number])
                with self._changed:
                    self._outcomes.append(outcome)
        finally:
            with self._changed:
                self._at_work -= 1
                self._changed.notify_all()

    def _taken(self) -> int | None:
        """The number of the next file; None when there is none."""
        with self._changed:
            if self._cancelled or self._next == len(self._paths):
                return None
            self._next += 1
            return self._next - 1

    def _judged(self, path: str) -> Outcome:
        try:
            return judged(path, self._limits)
        except Exception as error:  # noqa: BLE001 - one file, whatever is wrong with it or with us, never stops the others
            return Unreadable(path, f"{show(path)} could not be judged ({type(error).__name__}): leave it out.")
