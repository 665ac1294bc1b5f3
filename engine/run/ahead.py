"""Files read and decoded before their turn: by the disk at any time, by a thread while another has kernels loaded."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.name import show
from engine.files.remote.url import is_url
from engine.files.source import expect
from engine.run.development import Begun, decode_task

if TYPE_CHECKING:
    from engine.files.limits import Limits
    from engine.job import Task, Tasks
    from engine.run.budget import Budget
    from engine.run.prospect import Prospects

FAR = 8
"""Files that come from another machine at a time."""
log = logging.getLogger("safelight")


class Ahead:
    """The pictures, by number of their file. Its methods may be called from any thread."""

    def __init__(self, prospects: Prospects, limits: Limits, budget: Budget, changed: threading.Condition) -> None:
        self._prospects, self._limits, self._budget, self._changed = prospects, limits, budget, changed
        self._kept: dict[int, Begun | None] = {}
        """None while it is being decoded, and for a file that cannot be: it is told of in its turn."""
        self._over = False

    def expect(self, waiting: Iterable[int], tasks: Tasks) -> None:
        """Have the first of those that wait come meanwhile: the first from a disk, the first few from elsewhere."""
        with self._changed:
            first = [tasks[index].source for index in islice(waiting, FAR)]
        for number, source in enumerate(first):
            if number == 0 or is_url(source):
                expect(source)

    def choose(self, waiting: Iterable[int]) -> int | None:
        """A file to decode, which nobody else is given then; None when there is none."""
        with self._changed:
            index = next((index for index in waiting if index not in self._kept), None)
            if index is not None:
                self._kept[index] = None
            return index

    def decode(self, index: int, task: Task) -> bool:
        """Decode the chosen file, and keep it unless its turn has come meanwhile; False without memory for it."""
        claim = None
        try:
            prospect = self._prospects.of(task)
            claim = self._budget.claim_now(prospect.need)
            if claim is None:
                return False
            begun = Begun(prospect, claim)
            begun.decoded = decode_task(task, self._limits, begun)
            with self._changed:
                if index in self._kept and not self._over:
                    self._kept[index], claim = begun, None
        except (SafelightError, MemoryError) as error:
            log.info("%s was not decoded ahead: %s", show(task.source), error)
        finally:
            if claim is not None:
                claim.release()
        return True

    def first(self) -> int | None:
        """A file whose picture is there: it holds memory that others may wait for, so its turn is next."""
        with self._changed:
            return next((index for index, begun in self._kept.items() if begun is not None), None)

    def take(self, index: int) -> Begun | None:
        """The picture, if it is there; from now on it is its taker's."""
        with self._changed:
            return self._kept.pop(index, None)

    def close(self) -> None:
        """No file will have its turn any more: nothing is kept from now on."""
        with self._changed:
            self._over = True
            while self._kept:
                _, begun = self._kept.popitem()
                if begun is not None:
                    begun.claim.release()
