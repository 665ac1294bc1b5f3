"""The lanes of all workers' threads on one Board: a row for each, by machine. Numbers are copied, never interpreted."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine.job import LaneTotal
from engine.telemetry import WIDTH, Board, Header, Row, Stage


@dataclass(slots=True)
class _Crew:
    """One worker process."""

    slots: list[int]
    host: str
    rows: bytes = b""
    ahead: int = 0
    """Nanoseconds that this machine's clock is ahead of the worker's."""
    cpu: int = 0
    memory: int = 0
    limit: int = 0


class Lanes:
    """Who has which rows. For one thread; `board` may be read by others."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._free = list(range(board.workers))
        self._hosts: dict[str, int] = {}
        self._crews: dict[str, _Crew] = {}
        self._gone: list[LaneTotal] = []
        self._gone_cpu = 0

    def join(self, worker: str, host: str, threads: int, limit: int) -> None:
        """Rows for a worker's threads, as far as there are any left; it works without as well."""
        number = self._number(host)
        slots, self._free = (self._free[:threads], self._free[threads:]) if number else ([], self._free)
        self._crews[worker] = _Crew(slots, host, limit=limit)
        for slot in slots:
            row = self._board.lane(slot)
            row[:] = memoryview(bytes(WIDTH * 8)).cast("q")
            row[Row.FILE], row[Row.HOST] = -1, number

    def leave(self, worker: str) -> None:
        """What its threads did stays in the totals; their rows are free."""
        crew = self._crews.pop(worker, None)
        if crew is None:
            return
        self._copy(crew)
        self._gone += [each for each in self._totals(crew) if each.busy_seconds > 0]
        self._gone_cpu += crew.cpu
        for slot in crew.slots:
            self._board.lane(slot)[Row.HOST] = 0
        self._free = sorted(self._free + crew.slots)

    def host(self, worker: str) -> str:
        """The machine of a worker; empty for one that has left."""
        return self._crews[worker].host if worker in self._crews else ""

    def hear(self, worker: str, rows: bytes, now_ns: int, cpu_ns: int, memory: int) -> None:
        """A worker's rows as they were at `now_ns` of its own clock."""
        if worker in self._crews:
            crew = self._crews[worker]
            crew.rows, crew.cpu, crew.memory = rows, cpu_ns, memory
            crew.ahead = time.monotonic_ns() - now_ns

    def show(self) -> None:
        """Copies what was heard to the Board, all at one moment."""
        for crew in self._crews.values():
            self._copy(crew)
        words = self._board.words
        words[Header.PROCESS_CPU_NS] = self._gone_cpu + sum(crew.cpu for crew in self._crews.values())
        words[Header.MEMORY] = sum(crew.memory for crew in self._crews.values())
        words[Header.MEMORY_LIMIT] = sum(crew.limit for crew in self._crews.values())
        words[Header.NOW_NS] = time.monotonic_ns()

    def rest(self) -> None:
        """Nobody works any more."""
        for crew in self._crews.values():
            for slot in crew.slots:
                row = self._board.lane(slot)
                row[Row.STAGE], row[Row.FILE] = Stage.IDLE, -1

    def totals(self) -> tuple[LaneTotal, ...]:
        """What each thread did, of workers that are gone as well."""
        return (*(each for crew in self._crews.values() for each in self._totals(crew)), *self._gone)

    def _copy(self, crew: _Crew) -> None:
        if not crew.rows:
            return
        words = memoryview(crew.rows).cast("q")
        for place, slot in enumerate(crew.slots):
            row = self._board.lane(slot)
            host = row[Row.HOST]
            row[:] = words[place * WIDTH : (place + 1) * WIDTH]
            row[Row.HOST] = host
            row[Row.SINCE_NS] += crew.ahead if row[Row.SINCE_NS] else 0

    def _totals(self, crew: _Crew) -> list[LaneTotal]:
        rows = [self._board.lane(slot) for slot in crew.slots]
        return [
            LaneTotal(
                f"{crew.host} {slot + 1}", row[Row.BUSY_NS] / 1e9, row[Row.CPU_NS] / 1e9, row[Row.CREDITED_PIXELS] / 1e6
            )
            for slot, row in zip(crew.slots, rows, strict=True)
        ]

    def _number(self, host: str) -> int:
        """Of a machine on the Board; 0 when there is no room for its name."""
        number = self._hosts.get(host, len(self._hosts) + 1)
        if number > self._board.hosts:
            return 0
        if host not in self._hosts:
            self._hosts[host] = number
            self._board.name_host(number, host)
        return number
