"""The one door to the engine: previews in this process, batches in theirs. It waits for no disk, codec or compiler."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import psutil

from engine.batch.accounts import Accounts
from engine.batch.client import Batch
from engine.batch.earlier import asked_of, resumed
from engine.batch.shelf import Shelf
from engine.batch.start import start
from engine.files.limits import Limits
from engine.job import BatchInfo, Event, Task, Verb
from engine.meter import Meter
from engine.telemetry import Snapshot

if TYPE_CHECKING:
    from engine.account import Account
    from engine.batch.specification import Specification
    from engine.run.look import Look, Looked
    from engine.run.preview import Preview

CORES_EVERY = 0.5
"""Seconds between two looks at the load of the cores: the system counts in hundredths."""


class Engine:
    """What programs hold. `submit` and `batches` read and write files; everything else reads memory."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Previews are ready when first looked for; batches of this user are found when first asked for."""
        self._limits = limits
        self._preview: Preview | None = None
        self._lock = threading.Lock()
        self._shelf = Shelf()
        self._accounts: Accounts | None = None
        self._meters: dict[str, Meter] = {}
        self._cores: tuple[float, ...] = ()
        self._cores_at = 0.0

    def look(self, look: Look) -> None:
        """Have a picture with a stack made to look at; a newer look replaces this one."""
        if self._preview is None:
            from engine.run.preview import Preview

            self._preview = Preview(self._limits)
        self._preview.look(look)

    def looked(self) -> Looked | None:
        """The newest picture to look at."""
        return None if self._preview is None else self._preview.looked()

    def readiness(self) -> str:
        """Empty when filters show at once, else what is being loaded."""
        return "" if self._preview is None else self._preview.readiness()

    def submit(self, specification: Specification) -> str:
        """Start a batch in a process of its own; its id. BatchError when it cannot begin. Waits for that process."""
        batch = start(specification)
        with self._lock:
            self._shelf.add(batch)
        return batch.id

    def rest_of(self, batch: str) -> str:
        """Start another batch for what one has not done; its id. BatchError when that one is not over."""
        with self._lock:
            found, others = self._shelf.find(batch), self._shelf.batches()
        return self.submit(resumed(asked_of(found), others))

    def batches(self) -> tuple[BatchInfo, ...]:
        """All batches of this user, newest first."""
        with self._lock:
            return tuple(batch.info() for batch in self._shelf.batches())

    def accounts(self) -> tuple[Account, ...]:
        """All batches with how far they are and how long they took, newest first. For one thread; reads files."""
        if self._accounts is None:
            self._accounts = Accounts()
        return self._accounts.all()

    def rank(self, batch: str, priority: int) -> None:
        """Give a batch that waits for its turn another priority; BatchError when it does not wait. Waits."""
        with self._lock:
            found = self._shelf.find(batch)
        found.rank(priority)

    def remove(self, batch: str) -> None:
        """Forget a batch that is over; its results stay. BatchError when it is not over."""
        with self._lock:
            self._shelf.remove(batch)
            self._meters.pop(batch, None)

    def asked_of(self, batch: str) -> Specification:
        """What a batch was asked; BatchError when that cannot be read. Reads files."""
        with self._lock:
            found = self._shelf.find(batch)
        return asked_of(found)

    def snapshot(self, batch: str) -> Snapshot | None:
        """What a batch does now; None while it has not begun."""
        with self._lock:
            meter = self._meters.setdefault(batch, Meter(batch))
            return self._shelf.find(batch).snapshot(meter, self._core_loads())

    def events(self, batch: str, start: int) -> tuple[tuple[int, Event], ...]:
        """A batch's events from number `start` on, some at a time."""
        with self._lock:
            return self._shelf.find(batch).events(start)

    def task(self, batch: str, index: int) -> Task:
        """One file of a batch."""
        with self._lock:
            return self._shelf.find(batch).task(index)

    def info(self, batch: str) -> BatchInfo:
        """A batch in a line; BatchError when there is none of that id."""
        with self._lock:
            return self._shelf.find(batch).info()

    def ask(self, batch: str, verb: Verb) -> None:
        """Pause, resume, drain or cancel; BatchError when that means nothing now."""
        with self._lock:
            found: Batch = self._shelf.find(batch)
        found.post(verb)

    def close(self) -> None:
        """End the previews; batches go on."""
        if self._preview is not None:
            self._preview.close()

    def _core_loads(self) -> tuple[float, ...]:
        now = time.monotonic()
        if now >= self._cores_at + CORES_EVERY:
            self._cores_at = now
            self._cores = tuple(load / 100 for load in psutil.cpu_percent(percpu=True))
        return self._cores
