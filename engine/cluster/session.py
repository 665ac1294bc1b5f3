"""A batch within one worker process: its crew, fed file by file, and the messages that tell of it.

Threads never send: twice a second the worker's event loop takes what they have told and their rows in one message.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.cluster.errand import TOPIC, Errand
from engine.errors import BatchError
from engine.job import Event, Failed, Finished, Skipped, Started, State, Verb, event_to_dict
from engine.run.memory import resident
from engine.telemetry import ROWS_BEFORE_LANES, WIDTH, Board

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed import Worker

    from engine.batch.made import Made
    from engine.batch.specification import Specification

PERIOD = 0.5
"""Seconds between two messages."""
MOST_EVENTS = 200
"""Of one message."""
LEASE = 60.0
"""Seconds without a word from the batch's process after which its files are given up."""
STOPS_WITHIN = 1.5
log = logging.getLogger("safelight")


class Session:
    """For the worker's event loop, but for `_heard`."""

    def __init__(self, worker: Worker, batch: str, specification: Specification) -> None:
        """The crew waits for `begin`."""
        from engine.run.fed import Fed

        self._worker, self._batch = worker, batch
        self._loop = asyncio.get_running_loop()
        self._made: dict[int, Made | None] = {}
        threads = worker.state.nthreads
        self._board = Board.fresh(threads, 0)
        self._crew = Fed(replace(specification, earlier=self._made), threads, self._board, self._heard)
        self._events: deque[Event] = deque()
        self._awaited: dict[int, asyncio.Event] = {}
        self._said: tuple[bytes, bool] = (b"", False)
        self._cpu_before = time.process_time_ns()
        self._heard_of_at = time.monotonic()
        self._speaking: asyncio.Task[None] | None = None

    def begin(self, state: State) -> None:
        """Sets the threads to work, or to wait where the batch is paused."""
        self._crew.start()
        if state is State.PAUSED:
            self._crew.ask(Verb.PAUSE)
        self._speaking = asyncio.create_task(self._speak_now_and_then())

    async def develop(self, errands: Sequence[Errand]) -> None:
        """Returns once the threads have begun the last of these files, or will never."""
        for errand in errands:
            if errand.replaces:
                self._made[errand.index] = errand.made
        begun = self._awaited[errands[-1].index] = asyncio.Event()
        self._crew.feed((errand.index, errand.task) for errand in errands)
        while not begun.is_set() and not self._crew.state.over and self._crew.state is not State.DRAINING:
            try:
                await asyncio.wait_for(begun.wait(), PERIOD)
            except TimeoutError:
                continue
        self._awaited.pop(errands[-1].index, None)

    async def ask(self, verb: Verb) -> None:
        """Pause, resume, drain or cancel; a cancelled crew has ended when this returns, if it could in time."""
        try:
            self._crew.ask(verb)
        except BatchError as error:
            log.info("%s", error)
        if verb is Verb.CANCEL:
            await asyncio.to_thread(self._crew.wait, STOPS_WITHIN)
        self._speak()

    def beat(self) -> None:
        """The batch's process is still there."""
        self._heard_of_at = time.monotonic()

    async def close(self) -> None:
        """The batch is over."""
        if self._speaking is not None:
            self._speaking.cancel()
        if not self._crew.state.over:
            self._crew.end()
            if not self._crew.dry:
                self._crew.ask(Verb.CANCEL)

    def _heard(self, event: Event) -> None:
        """Called by the crew's threads, one at a time."""
        self._events.append(event)
        if isinstance(event, Started):
            begun = self._awaited.get(event.index)
            if begun is not None:
                self._loop.call_soon_threadsafe(begun.set)
            return
        if isinstance(event, Finished | Failed | Skipped):
            self._crew.forget(event.index)
        if self._crew.dry:
            # Somebody may wait for this very file.
            self._loop.call_soon_threadsafe(self._speak)

    async def _speak_now_and_then(self) -> None:
        due = time.monotonic()
        while True:
            due = max(due + PERIOD, time.monotonic())
            await asyncio.sleep(due - time.monotonic())
            self._speak()
            if time.monotonic() > self._heard_of_at + LEASE and not self._crew.state.over:
                log.warning("Nothing is heard of batch %s any more: its files are given up.", self._batch)
                self._crew.ask(Verb.CANCEL)

    def _speak(self) -> None:
        """One message, if there is anything new."""
        self._crew.publish()
        rows, ended = bytes(self._board.words[ROWS_BEFORE_LANES * WIDTH :].cast("B")), self._crew.wait(0.0)
        if not self._events and (rows, ended) == self._said:
            return
        self._said = rows, ended
        while True:
            events = [event_to_dict(self._events.popleft()) for _ in range(min(len(self._events), MOST_EVENTS))]
            message: dict[str, Any] = {
                "batch": self._batch,
                "worker": self._worker.address,
                "events": events,
                "rows": rows,
                "now": time.monotonic_ns(),
                "cpu": time.process_time_ns() - self._cpu_before,
                "memory": resident(),
                "note": self._board.note,
                "ended": ended,
            }
            self._worker.log_event(TOPIC, message)
            if not self._events:
                return
