"""One worker thread's own things: its row of the Board, its counters for the kernel, its clock. Decides nothing."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TypeVar

import numpy as np

from engine.job import Failed
from engine.run.clock import ThreadClock
from engine.run.rendering import Desk
from engine.telemetry import AT_REST, SPENT, Board, Row, Stage, lane_name
from engine.unlocked import Account, account

Outcome = TypeVar("Outcome")
NICENESS = 5
"""Workers give way to whoever shows the pictures."""


class Worker:
    """Used by its own thread alone, but for `publish`."""

    def __init__(self, slot: int, board: Board) -> None:
        self.slot, self.name = slot, lane_name(slot)
        self.row = board.lane(slot)
        self.desk = Desk(slot, np.frombuffer(self.row, np.int64)[Row.BANDS_DONE : Row.LIVE_PIXELS + 1])
        self.desk.rests = self._rests
        self._clock, self._account = ThreadClock(), Account()
        self._since = 0

    def begin(self) -> None:
        """Called first in the thread."""
        self._account = account()
        self._clock.start()
        if sys.platform == "linux":
            thread = threading.get_native_id()
            # Raising it again needs a privilege, and whoever started a process with `nice` meant it.
            os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))

    def end(self) -> None:
        """Called last in the thread."""
        self.enter(Stage.IDLE, -1)
        self._clock.stop()

    def enter(self, stage: Stage, file: int | None = None) -> None:
        """Say what it does from now on, and with which file (-1: none)."""
        now = time.monotonic_ns()
        left = Stage(self.row[Row.STAGE])
        if left not in AT_REST:
            self.row[Row.BUSY_NS] += now - self._since
        if left in SPENT:
            self.row[SPENT[left]] += now - self._since
        self._since = self.row[Row.SINCE_NS] = now
        self._clock.tick()
        if file is None:
            self.row[Row.STAGE] = stage
            return
        # A reader between two of these lines sees no file, never the last one's progress on the next one.
        self.row[Row.FILE] = -1
        self.row[Row.BANDS_DONE] = self.row[Row.BANDS_TOTAL] = 0
        self.row[Row.STAGE] = stage
        self.row[Row.FILE] = file

    def _rests(self, paused: bool) -> None:
        self.enter(Stage.PAUSED if paused else Stage.FILTER)

    def noted(self, outcome: Outcome) -> Outcome:
        """What became of its file, counted where it could not be done."""
        self.row[Row.FAILED] += isinstance(outcome, Failed)
        return outcome

    def publish(self) -> None:
        """Write the thread's CPU time to its row, and how much of it passed without Python's lock; from any thread."""
        self.row[Row.UNLOCKED_NS], self.row[Row.CPU_NS] = self._account.read(self._clock.read)
