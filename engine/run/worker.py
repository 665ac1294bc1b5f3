"""One worker thread's own things: its row of the Board, its counters for the kernel, its clock. Decides nothing."""

from __future__ import annotations

import os
import sys
import threading
import time

import numpy as np

from engine.run.clock import ThreadClock
from engine.run.rendering import Desk
from engine.telemetry import Board, Row, Stage, lane_name

NICENESS = 5
"""Workers give way to whoever shows the pictures."""


class Worker:
    """Used by its own thread alone, but for `cpu_ns`."""

    def __init__(self, slot: int, board: Board) -> None:
        self.slot, self.name = slot, lane_name(slot)
        self.row = board.lane(slot)
        self.desk = Desk(slot, np.frombuffer(self.row, np.int64)[Row.BANDS_DONE : Row.LIVE_PIXELS + 1])
        self.desk.rests = self._rests
        self._clock = ThreadClock()
        self._since = 0

    def begin(self) -> None:
        """Called first in the thread."""
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
        if self.row[Row.STAGE] not in (Stage.IDLE, Stage.PAUSED):
            self.row[Row.BUSY_NS] += now - self._since
        self._since = now
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

    def cpu_ns(self) -> int:
        """CPU time of the thread; from any thread."""
        return self._clock.read()
