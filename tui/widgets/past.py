"""What the threads of a batch did in the last minute, and its speed before: one snapshot after another. No clock."""

from __future__ import annotations

from enum import IntEnum

from engine.telemetry import Lane, Snapshot, Stage
from tui.widgets.round_plot import RoundPlot
from tui.widgets.stragglers import Stragglers

SLOTS = 120
"""Of each thread's minute, written round: the newest takes the place of the oldest."""
SLOT_SECONDS = 60 / SLOTS
SAMPLE_SECONDS = 1.0
"""Between two samples of a plot."""


class Kind(IntEnum):
    """What a thread did for most of a while."""

    IDLE = 0
    DECODE = 1
    FILTER = 2
    ENCODE = 3
    WAIT = 4
    """For the disk, or because the batch is paused."""


class Past:
    """Of one batch at a time; another one begins anew."""

    def __init__(self) -> None:
        self.rates, self.latencies = RoundPlot(), RoundPlot()
        """Megapixels per second, and seconds a file, once a second."""
        self.stragglers = Stragglers()
        self._before: Snapshot | None = None
        self._slots: list[list[Kind | None]] = []
        self._amounts: list[list[float]] = []
        """Seconds of each kind in the slot under the pen, by thread."""
        self._pen = 0
        """Slots since the batch began."""
        self._sampled = 0.0

    def add(self, snapshot: Snapshot) -> None:
        """The batch at a later moment, or another batch."""
        self.stragglers.add(snapshot)
        before = self._before
        if before is None or before.batch != snapshot.batch:
            self._begin(snapshot)
            return
        if [lane.name for lane in before.lanes] != [lane.name for lane in snapshot.lanes]:
            self._regroup(before, snapshot)
            return
        if snapshot.seconds <= before.seconds:
            return
        self._before = snapshot
        pen, first = int(snapshot.seconds / SLOT_SECONDS), self._pen
        if pen > self._pen:
            first = max(self._pen + 1, pen - SLOTS + 1)
            self._pen, self._amounts = pen, [[0.0] * len(Kind) for _ in snapshot.lanes]
        for number, (was, lane) in enumerate(zip(before.lanes, snapshot.lanes, strict=True)):
            amounts = self._amounts[number]
            for kind, seconds in enumerate(_spent(was, lane, snapshot.seconds - before.seconds)):
                amounts[kind] += seconds
            most = Kind(amounts.index(max(amounts)))
            for slot in range(first, pen + 1):
                self._slots[number][slot % SLOTS] = most
        if snapshot.seconds - self._sampled >= SAMPLE_SECONDS and not snapshot.state.over:
            self._sampled = snapshot.seconds
            self.rates.add(snapshot.rate)
            if snapshot.latency is not None:
                self.latencies.add(snapshot.latency)

    def pen(self, cells: int) -> int:
        """The cell that is being written, of so many for a minute; they divide SLOTS."""
        return self._pen % SLOTS // (SLOTS // cells)

    def cells(self, lane: int, cells: int) -> list[Kind | None]:
        """What a thread did in each cell of a minute written round; None before it began."""
        each, slots = SLOTS // cells, self._slots[lane]
        here, pen = self._pen % SLOTS, self.pen(cells)
        found = []
        for cell in range(cells):
            # What stands in the pen's own cell behind the pen is a minute old.
            end = here + 1 if cell == pen else (cell + 1) * each
            known = [kind for kind in slots[cell * each : end] if kind is not None]
            found.append(max(known, key=known.count) if known else None)
        return found

    def _regroup(self, before: Snapshot, snapshot: Snapshot) -> None:
        """Threads have come or gone: those that stay keep their minute."""
        known = {lane.name: slots for lane, slots in zip(before.lanes, self._slots, strict=True)}
        self._before = snapshot
        self._slots = [known.get(lane.name) or [None] * SLOTS for lane in snapshot.lanes]
        self._amounts = [[0.0] * len(Kind) for _ in snapshot.lanes]

    def _begin(self, snapshot: Snapshot) -> None:
        self._before, self._sampled = snapshot, snapshot.seconds
        self._pen = int(snapshot.seconds / SLOT_SECONDS)
        self._slots = [[None] * SLOTS for _ in snapshot.lanes]
        self._amounts = [[0.0] * len(Kind) for _ in snapshot.lanes]
        self.rates.clear()
        self.latencies.clear()


def _spent(was: Lane, now: Lane, seconds: float) -> tuple[float, ...]:
    """Seconds of each kind between two moments that lie so far apart, in the order of `Kind`."""
    busy = max(0.0, now.busy_seconds - was.busy_seconds)
    decode = max(0.0, now.decode_seconds - was.decode_seconds)
    filtering = max(0.0, now.filter_seconds - was.filter_seconds)
    encode = max(0.0, now.encode_seconds - was.encode_seconds)
    wait, idle = max(0.0, busy - decode - filtering - encode), max(0.0, seconds - busy)
    if now.stage is Stage.PAUSED:
        wait, idle = wait + idle, 0.0
    return idle, decode, filtering, encode, wait
