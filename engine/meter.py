"""Successive readings of a Board become Snapshots: smoothed rates, loads, fractions, time left. Reads no clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from engine.job import State
from engine.telemetry import AT_REST, NOTES, Board, Header, Lane, Row, Snapshot, Stage, lane_name

WINDOW_NS = 3_000_000_000
"""Rates and loads are means over this long."""
OUTLOOK_NS = 30_000_000_000
"""The pace that the time left is told from is a mean over this long."""
FILES_NS = 10_000_000_000
"""What is counted file by file, as time and bytes, is a mean over this long."""
SETTLED_NS = 1_000_000_000
"""No time left is told from less than this."""
SILENCE_NS = 1_000_000_000
"""An owner that wrote nothing for this long is taken to stand still."""
STAGES = {each.value: each for each in Stage}
COMPILING = NOTES.index("compiling kernels")
BEGINS = {
    Stage.IDLE: 0.0,
    Stage.READ: 0.0,
    Stage.DECODE: 0.05,
    Stage.FILTER: 0.40,
    Stage.ENCODE: 0.60,
    Stage.WRITE: 0.95,
    Stage.PAUSED: 0.0,
}
"""The part of a file's way that lies before each stage; filtering goes on to that of encoding, band by band."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What rates are made of, at one moment."""

    clock_ns: int
    """The reader's clock."""
    written_ns: int
    """The owner's, when it last wrote: all numbers are as old as that."""
    pixels: tuple[int, ...]
    cpu_ns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Files:
    """What the finished files add up to, at one moment."""

    clock_ns: int
    done: int
    spent_ns: int
    read: int
    written: int


class Meter:
    """Reads one Board now and then; keeps what it needs to tell rates. One reader, one Meter."""

    def __init__(self, batch: str) -> None:
        self._batch = batch
        self._readings: deque[_Reading] = deque()
        self._paces: deque[tuple[int, float]] = deque()
        self._past: deque[_Files] = deque()
        self._files: dict[int, tuple[int, float]] = {}

    def read(self, board: Board, now_ns: int, cores: tuple[float, ...] = (), state: State | None = None) -> Snapshot:
        """The Snapshot at `now_ns` (CLOCK_MONOTONIC); `state` is what the reader may know better: that it is BROKEN."""
        words = board.words
        stands = board.state if state is None else state
        rows = board.lanes()
        first, last = self._span(_reading(words, rows, now_ns))
        names, passed = _names(board, rows), 0 if stands.over else _passed(first, last)
        lanes = tuple(self._lane(slot, names[slot], rows[slot], first, last, passed) for slot in names)
        latency, read, written = self._flow(words, now_ns)
        started, updated = words[Header.STARTED_NS], words[Header.NOW_NS]
        return Snapshot(
            batch=self._batch,
            state=stands,
            seconds=max(0, updated - started) / 1e9 if started else 0.0,
            lanes=lanes,
            cores=cores,
            total=words[Header.TOTAL],
            done=words[Header.DONE],
            failed=words[Header.FAILED],
            skipped=words[Header.SKIPPED],
            megapixels=words[Header.CREDITED_PIXELS] / 1e6,
            rate=sum(lane.rate for lane in lanes),
            remaining_seconds=self._remaining(words, lanes, stands, now_ns),
            note="" if stands.over else board.note,
            unlocked=_unlocked(rows),
            latency=latency,
            read_rate=0.0 if stands.over else read,
            written_rate=0.0 if stands.over else written,
            memory=words[Header.MEMORY],
            memory_limit=words[Header.MEMORY_LIMIT],
        )

    def _flow(self, words: memoryview[int], now_ns: int) -> tuple[float | None, float, float]:
        """Seconds a file, and bytes read and written a second, of the files that were finished lately."""
        numbers = (words[each] for each in (Header.DONE, Header.FILES_NS, Header.READ_BYTES, Header.WRITTEN_BYTES))
        last, past = _Files(now_ns, *numbers), self._past
        past.append(last)
        while len(past) > 2 and past[1].clock_ns <= now_ns - FILES_NS:
            past.popleft()
        first = past[0]
        seconds, done = (now_ns - first.clock_ns) / 1e9, last.done - first.done
        latency = (last.spent_ns - first.spent_ns) / done / 1e9 if done > 0 else None
        if seconds <= 0:
            return latency, 0.0, 0.0
        return latency, (last.read - first.read) / seconds, (last.written - first.written) / seconds

    def _span(self, last: _Reading) -> tuple[_Reading, _Reading]:
        """The oldest reading inside the window, or the one just before it, and the newest."""
        readings = self._readings
        readings.append(last)
        while len(readings) > 2 and readings[1].clock_ns <= last.clock_ns - WINDOW_NS:
            readings.popleft()
        return readings[0], last

    def _lane(
        self, slot: int, named: tuple[str, str], row: Sequence[int], first: _Reading, last: _Reading, passed: int
    ) -> Lane:
        """`passed` nanoseconds lie between the two readings; 0 where nothing moves."""
        stage = STAGES.get(row[Row.STAGE], Stage.IDLE)
        pixels, cpu = last.pixels[slot] - first.pixels[slot], last.cpu_ns[slot] - first.cpu_ns[slot]
        since = row[Row.SINCE_NS]
        lately = last.written_ns - since if 0 < since < last.written_ns else 0
        return Lane(
            name=named[0],
            stage=stage,
            file=row[Row.FILE],
            fraction=self._fraction(slot, stage, row),
            megapixels=row[Row.CREDITED_PIXELS] / 1e6,
            rate=pixels * 1e3 / passed if passed and pixels > 0 else 0.0,
            load=min(1.0, cpu / passed) if passed and cpu > 0 else 0.0,
            busy_seconds=(row[Row.BUSY_NS] + lately * (stage not in AT_REST)) / 1e9,
            cpu_seconds=row[Row.CPU_NS] / 1e9,
            decode_seconds=(row[Row.DECODE_NS] + lately * (stage is Stage.DECODE)) / 1e9,
            filter_seconds=(row[Row.FILTER_NS] + lately * (stage is Stage.FILTER)) / 1e9,
            encode_seconds=(row[Row.ENCODE_NS] + lately * (stage is Stage.ENCODE)) / 1e9,
            failed=row[Row.FAILED],
            host=named[1],
        )

    def _fraction(self, slot: int, stage: Stage, row: Sequence[int]) -> float:
        """Never goes back within one file; whole only when the thread has put the file down."""
        file = row[Row.FILE]
        if file < 0:
            return 0.0
        if stage is Stage.IDLE:
            return 1.0
        fraction, total = BEGINS[stage], row[Row.BANDS_TOTAL]
        if stage in (Stage.FILTER, Stage.PAUSED) and total > 0:
            done = min(1.0, max(0.0, row[Row.BANDS_DONE] / total))
            fraction = BEGINS[Stage.FILTER] + done * (BEGINS[Stage.ENCODE] - BEGINS[Stage.FILTER])
        known, reached = self._files.get(slot, (-1, 0.0))
        fraction = max(fraction, reached) if known == file else fraction
        self._files[slot] = file, fraction
        return fraction

    def _remaining(self, words: memoryview[int], lanes: tuple[Lane, ...], stands: State, now_ns: int) -> float | None:
        """Files to do over files done per second, parts counted; None while nothing moves or too little is known."""
        if stands is not State.RUNNING or words[Header.NOTE] == COMPILING:
            self._paces.clear()
            return 0.0 if stands is State.DONE else None
        parts: dict[int, float] = {}
        for lane in lanes:
            if lane.stage is not Stage.IDLE:
                parts[lane.file] = max(lane.fraction, parts.get(lane.file, 0.0))
        done = words[Header.DONE] + words[Header.FAILED] + sum(parts.values())
        to_do = words[Header.TOTAL] - words[Header.SKIPPED] - done
        paces = self._paces
        paces.append((now_ns, done))
        while len(paces) > 2 and paces[1][0] <= now_ns - OUTLOOK_NS:
            paces.popleft()
        since_ns, before = paces[0]
        if now_ns - since_ns < SETTLED_NS or done <= before:
            return None
        return max(0.0, to_do) * (now_ns - since_ns) / 1e9 / (done - before)


def _passed(first: _Reading, last: _Reading) -> int:
    """Nanoseconds between two readings: those of the owner, unless that has fallen silent."""
    silent = last.clock_ns - last.written_ns > SILENCE_NS
    return max(0, last.clock_ns - first.clock_ns if silent else last.written_ns - first.written_ns)


def _names(board: Board, rows: Sequence[Sequence[int]]) -> dict[int, tuple[str, str]]:
    """The threads' names and machines by slot, one machine after another; rows without a thread are left out."""
    if not board.hosts:
        return {slot: (lane_name(slot), "") for slot in range(len(rows))}
    found: dict[int, tuple[str, str]] = {}
    counts = dict.fromkeys(range(1, board.hosts + 1), 0)
    known = {number: board.host(number) for number in {row[Row.HOST] for row in rows} & counts.keys()}
    used = (slot for slot, row in enumerate(rows) if row[Row.HOST] in known)
    for slot in sorted(used, key=lambda slot: (rows[slot][Row.HOST], slot)):
        number = rows[slot][Row.HOST]
        counts[number] += 1
        found[slot] = f"{known[number]} {counts[number]}", known[number]
    return found


def _unlocked(rows: Sequence[Sequence[int]]) -> float | None:
    """Of all threads' CPU time so far."""
    cpu = sum(row[Row.CPU_NS] for row in rows)
    return min(1.0, sum(row[Row.UNLOCKED_NS] for row in rows) / cpu) if cpu > 0 else None


def _reading(words: memoryview[int], rows: Sequence[Sequence[int]], now_ns: int) -> _Reading:
    pixels = tuple(row[Row.LIVE_PIXELS] for row in rows)
    return _Reading(now_ns, words[Header.NOW_NS], pixels, tuple(row[Row.CPU_NS] for row in rows))
