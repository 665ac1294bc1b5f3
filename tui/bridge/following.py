"""One batch as it gets on: snapshots, failures and file names, read while it runs. It starts no batch."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.job import Failed, Finished, Remark, State, Summary, Verb
from engine.telemetry import Snapshot
from tui.bridge.ticker import Ticker
from tui.messages import BatchMoved, Fact, NoticeGiven

if TYPE_CHECKING:
    from engine.engine import Engine

BROKEN = "The batch's process died before its files were done: `safelight history {} --resume` does the rest."
MOST_CHUNKS = 5
"""Pieces of the journal that are read at a time, a few milliseconds of work: a batch of the past may have thousands."""


class Following:
    """The batch that the app shows, if there is one."""

    def __init__(
        self, tell: Callable[[Fact], object], beats: Ticker, watch: Callable[[str], object] = lambda _batch: None
    ) -> None:
        """`watch` is given the batch that is followed, and nothing once its end is told."""
        self._tell, self._watch = tell, watch
        self._beats = beats
        self._engine: Engine | None = None
        self._batch: str | None = None
        self._snapshot: Snapshot | None = None
        self._next_event = 0
        self._names: dict[int, str] = {}
        self._behind = False
        """Whether there are events that were not heard yet."""
        self._explained = False
        """Whether the batch itself has said how it ended."""
        self.failures: list[Failed] = []
        """What could not be done, in the order in which it was told."""
        self.results: list[str] = []
        """The files that were written, in that order too."""

    @property
    def batch(self) -> str | None:
        """Its id."""
        return self._batch

    @property
    def running(self) -> bool:
        """Whether there is a batch and it is under way."""
        return self._batch is not None and (self._snapshot is None or not self._snapshot.state.over)

    @property
    def paused(self) -> bool:
        """Whether it stands still because somebody asked."""
        return self._snapshot is not None and self._snapshot.state is State.PAUSED

    def attach(self, engine: Engine) -> None:
        """The engine is there."""
        self._engine = engine

    def follow(self, batch: str) -> None:
        """Tell how this batch gets on until it is over."""
        self._batch, self._snapshot, self._next_event = batch, None, 0
        self._names, self.failures, self.results, self._explained, self._behind = {}, [], [], False, False
        self._watch(batch)
        self._beats.resume()
        self.tick()

    def ask(self, verb: Verb) -> None:
        """Ask something of the batch; what it refuses is told."""
        if self._engine is None or self._batch is None:
            return
        try:
            self._engine.ask(self._batch, verb)
        except SafelightError as error:
            self._tell(NoticeGiven(str(error), alarm=True))

    def tick(self) -> None:
        """While the batch runs: one snapshot, told only when it differs."""
        if self._engine is None or self._batch is None:
            return
        snapshot = self._engine.snapshot(self._batch)
        if snapshot is None or (snapshot == self._snapshot and not self._behind):
            return
        self._snapshot = snapshot
        self._behind = not self._hear(self._engine, self._batch)
        names = tuple(self._name(self._engine, self._batch, lane.file) for lane in snapshot.lanes)
        self._tell(BatchMoved(snapshot, names))
        if snapshot.state.over and not self._behind:
            self._beats.pause()
            self._watch("")
            if snapshot.state is State.BROKEN and not self._explained:
                self._tell(NoticeGiven(BROKEN.format(self._batch), alarm=True))

    def _hear(self, engine: Engine, batch: str) -> bool:
        """Keep the failures among the new events, some at a time; whether there are no more."""
        for _ in range(MOST_CHUNKS):
            events = engine.events(batch, self._next_event)
            if not events:
                return True
            self._next_event = events[-1][0] + 1
            self.failures += [event for _, event in events if isinstance(event, Failed)]
            self.results += [event.output for _, event in events if isinstance(event, Finished)]
            for _, event in events:
                if isinstance(event, Remark) and self.running:
                    self._tell(NoticeGiven(event.text, alarm=True))
                if isinstance(event, Summary) and event.note:
                    self._explained = True
                    self._tell(NoticeGiven(event.note, alarm=True))
        return False

    def _name(self, engine: Engine, batch: str, index: int) -> str:
        """The name of the file with this number, empty for none."""
        if index < 0:
            return ""
        if index not in self._names:
            self._names[index] = os.path.basename(engine.task(batch, index).source)
        return self._names[index]
