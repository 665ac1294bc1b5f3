"""An engine whose batch is on many machines: a real Board that is filled anew for each look, read by a real Meter."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from engine.job import Event, Failed, State
from engine.meter import Meter
from engine.telemetry import Board, Header, Row, Snapshot, Stage
from tests.tui.fake_engine import STEP, FakeEngine

WAY = (Stage.READ, Stage.DECODE, Stage.FILTER, Stage.FILTER, Stage.ENCODE, Stage.WRITE)
"""What a thread does with a file, look after look."""
PIXELS = 24_000_000


@dataclass
class Crowd(FakeEngine):
    """Threads of so many machines, all moving; `workers` are those of each machine."""

    machines: int = 50
    workers: int = 20
    total: int = 100_000
    frames: int = 0
    stuck: tuple[int, ...] = ()
    """Rows of threads that stay on their first file."""
    names: str = "node-{:02}"
    _board: Board | None = None
    _meter: Meter = field(default_factory=lambda: Meter("crowd"))
    _chance: random.Random = field(default_factory=lambda: random.Random(9))
    _seen: tuple[int, State, Snapshot] | None = None

    def events(self, batch: str, start: int) -> tuple[tuple[int, Event], ...]:
        """The failures, on the second machine."""
        return tuple(
            (number, Failed(each.index, each.path, each.error, self.host(2)) if isinstance(each, Failed) else each)
            for number, each in super().events(batch, start)
        )

    def host(self, number: int) -> str:
        """A machine's name, by its number from 1."""
        return self.names.format(number)

    def move(self) -> Board:
        """Every thread half a second further on."""
        board = self._board or self._begin()
        words, now = board.words, round(self.told * STEP * 1e9) + 10**9
        words[Header.NOW_NS], words[Header.STARTED_NS], words[Header.STATE] = now, 10**9, 1
        words[Header.MEMORY], words[Header.MEMORY_LIMIT] = 40 * 10**9 + 10**7 * (self.told % 9), 200 * 10**9
        board.state = self.state
        for slot in range(board.workers):
            self._move(board, slot, now)
        words[Header.FAILED] = self.failing if self.told >= 3 else 0
        return board

    def _begin(self) -> Board:
        board = self._board = Board.fresh(self.machines * self.workers, self.total, self.machines)
        for number in range(1, self.machines + 1):
            board.name_host(number, self.host(number))
        for slot in range(board.workers):
            row = board.lane(slot)
            row[Row.HOST], row[Row.FILE], row[Row.STAGE] = slot // self.workers + 1, slot, Stage.READ
            row[Row.BANDS_TOTAL] = 100
        return board

    def _move(self, board: Board, slot: int, now: int) -> None:
        row, chance = board.lane(slot), self._chance
        place = (self.told + slot * 7) % len(WAY)
        row[Row.STAGE], row[Row.SINCE_NS] = WAY[place], now
        row[Row.CPU_NS] += round(STEP * 1e9 * chance.uniform(0.7, 1.0))
        row[Row.UNLOCKED_NS] = row[Row.CPU_NS] * 19 // 20
        row[Row.BUSY_NS] += round(STEP * 1e9)
        row[(Row.DECODE_NS, Row.FILTER_NS, Row.ENCODE_NS)[slot % 3]] += round(STEP * 1e9)
        row[Row.LIVE_PIXELS] += chance.randint(PIXELS // 8, PIXELS // 3)
        row[Row.BANDS_DONE] = chance.randint(0, 100)
        row[Row.FAILED] = int(slot == self.workers + 1 and self.failing > 0 and self.told >= 3)
        if place == 0 and slot not in self.stuck:
            words = board.words
            row[Row.FILE] = words[Header.DONE] + board.workers
            row[Row.CREDITED_PIXELS] += PIXELS
            words[Header.CREDITED_PIXELS] += PIXELS
            words[Header.DONE] += 1
            words[Header.FILES_NS] += 3 * 10**9
            words[Header.READ_BYTES] += 8 * 10**6
            words[Header.WRITTEN_BYTES] += 5 * 10**6

    def _snapshot(self, batch: str) -> Snapshot:
        if self._seen is None or self._seen[:2] != (self.told, self.state):
            now = round(self.told * STEP * 1e9) + 10**9
            snapshot = self._meter.read(self.move(), now, (0.4, 0.2), self.state)
            self._seen = self.told, self.state, snapshot
        return self._seen[2]
