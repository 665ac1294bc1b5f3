"""What the threads are doing: numbers in shared memory (the Board) and the Snapshot made of them. Reads no clock."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from engine.errors import BatchError
from engine.job import State


class Stage(IntEnum):
    """What a worker thread is doing with its file."""

    IDLE = 0
    READ = 1
    DECODE = 2
    FILTER = 3
    ENCODE = 4
    WRITE = 5
    PAUSED = 6


class Header(IntEnum):
    """The first thirty-two numbers of a Board: the batch as a whole. Times are CLOCK_MONOTONIC nanoseconds."""

    MAGIC = 0
    WORKERS = 1
    TOTAL = 2
    DONE = 3
    FAILED = 4
    SKIPPED = 5
    STATE = 6
    """Position in `State`."""
    FILES_NS = 7
    """From the beginning to the end of every finished file, added up."""
    STARTED_NS = 8
    NOW_NS = 9
    """When the owner last wrote CPU times, counts and state."""
    PROCESS_CPU_NS = 10
    CREDITED_PIXELS = 11
    """Pixels of files that are whole on disk."""
    NOTE = 12
    """Position in `NOTES`."""
    NOTE_DONE = 13
    NOTE_TOTAL = 14
    """With NOTE_DONE the `2 of 5` of a note; 0 when there is nothing to count."""
    READ_BYTES = 15
    WRITTEN_BYTES = 16
    """Of the finished files and of their results."""
    MEMORY = 17
    """Bytes that the batch's process takes."""
    MEMORY_LIMIT = 18
    """Bytes that it may take."""
    TURN = 19
    """So many batches at a time may run for this one to begin; 0 once it has, or waits for none."""
    PRIORITY = 20
    """Those of a higher one begin first."""
    HOSTS = 21
    """How many machines there is room for the names of, behind the rows; 0 for a batch of one machine."""


class Row(IntEnum):
    """The numbers of one worker thread: 128 bytes, two cache lines, written by that thread and its kernel alone."""

    STAGE = 0
    FILE = 1
    """Index of the task, or -1."""
    BANDS_DONE = 2
    BANDS_TOTAL = 3
    """Bands of all passes of this file; 0 before they are known."""
    LIVE_PIXELS = 4
    """Pixels filtered so far, counted band by band and never reset: for rates."""
    CREDITED_PIXELS = 5
    """Pixels of this thread's files that are whole on disk: for totals."""
    BUSY_NS = 6
    CPU_NS = 7
    """CPU time of the thread, written by the owner."""
    UNLOCKED_NS = 8
    """As much of that as was spent in calls that release Python's lock, written by the owner too."""
    SINCE_NS = 9
    """When the stage at hand began."""
    DECODE_NS = 10
    FILTER_NS = 11
    ENCODE_NS = 12
    """In these stages before the one at hand; what is left of BUSY_NS is reading and writing."""
    FAILED = 13
    """Files that could not be done."""
    HOST = 14
    """Which of the Board's machines it is on, from 1; 0 for a row without a thread where a Board has machines."""


NOTES = (
    "",
    "compiling kernels",
    "waiting for memory",
    "finishing the files under way",
    "waiting for its turn",
    "preparing workers",
    "waiting for workers",
)
STATES = tuple(State)
MAGIC = 0x5AFE_11_02
"""Says that these bytes are a Board, and of which layout."""
WIDTH = 16
ROWS_BEFORE_LANES = 2
SPENT = {Stage.DECODE: Row.DECODE_NS, Stage.FILTER: Row.FILTER_NS, Stage.ENCODE: Row.ENCODE_NS}
"""Where the time in a stage is added up."""
AT_REST = (Stage.IDLE, Stage.PAUSED)
"""In these a thread is not busy."""


def lane_name(slot: int) -> str:
    """What a person calls the worker thread in that slot."""
    return f"worker {slot + 1}"


class Board:
    """Counters of one batch: int64 numbers over any buffer, two rows of `Header`, one `Row` for each worker thread, and
    one for the name of each machine where they are of several.

    Every number has one writer and is read without a lock: a reader may see numbers of two neighbouring moments, never
    half a number.
    """

    __slots__ = ("words",)

    def __init__(self, buffer: Any) -> None:
        """Over a buffer that holds a Board; BatchError when it does not."""
        view = memoryview(buffer).cast("B")
        words = view[: len(view) // 8 * 8].cast("q")
        headed = len(words) >= ROWS_BEFORE_LANES * WIDTH and words[Header.MAGIC] == MAGIC
        counts = (words[Header.WORKERS], words[Header.HOSTS]) if headed else (-1, -1)
        if min(counts) < 0 or sum(counts) > len(words) // WIDTH - ROWS_BEFORE_LANES:
            raise BatchError("The batch's board is damaged or of another version.")
        self.words: memoryview[int] = words[: (ROWS_BEFORE_LANES + sum(counts)) * WIDTH]

    @classmethod
    def fresh(cls, workers: int, total: int, hosts: int = 0) -> Board:
        """A Board of its own in anonymous memory, which starts at a page: WAITING, nobody at work."""
        memory = mmap.mmap(-1, (ROWS_BEFORE_LANES + workers + hosts) * WIDTH * 8)
        words = memoryview(memory).cast("q")
        words[Header.MAGIC], words[Header.WORKERS], words[Header.TOTAL] = MAGIC, workers, total
        words[Header.HOSTS] = hosts
        board = cls(memory)
        for slot in range(workers):
            board.lane(slot)[Row.FILE] = -1
        return board

    def lane(self, slot: int) -> memoryview[int]:
        """The numbers of one worker thread, as a view: writing to it writes to the Board."""
        start = (ROWS_BEFORE_LANES + slot) * WIDTH
        return self.words[start : start + WIDTH]

    def lanes(self) -> list[list[int]]:
        """The numbers of all worker threads, copied."""
        numbers = self.words[ROWS_BEFORE_LANES * WIDTH : (ROWS_BEFORE_LANES + self.workers) * WIDTH].tolist()
        return [numbers[start : start + WIDTH] for start in range(0, len(numbers), WIDTH)]

    @property
    def workers(self) -> int:
        """How many worker threads there are."""
        return self.words[Header.WORKERS]

    @property
    def hosts(self) -> int:
        """How many machines it may name; 0 for a batch of one."""
        return self.words[Header.HOSTS]

    def host(self, number: int) -> str:
        """The name of a machine, by its number from 1; empty for any other number."""
        if not 1 <= number <= self.hosts:
            return ""
        return bytes(self._host(number)).partition(b"\0")[0].decode("utf-8", "replace")

    def name_host(self, number: int, name: str) -> None:
        """Names a machine, in as many bytes as there is room for."""
        room = WIDTH * 8
        self._host(number)[:] = name.encode("utf-8", "replace")[:room].ljust(room, b"\0")

    def _host(self, number: int) -> memoryview[int]:
        start = (ROWS_BEFORE_LANES + self.workers + number - 1) * WIDTH
        return self.words[start : start + WIDTH].cast("B")

    @property
    def state(self) -> State:
        """Where the batch stands."""
        position = self.words[Header.STATE]
        return STATES[position] if 0 <= position < len(STATES) else State.BROKEN

    @state.setter
    def state(self, state: State) -> None:
        self.words[Header.STATE] = STATES.index(state)

    @property
    def note(self) -> str:
        """What the batch waits for, such as `compiling kernels 2 of 5`."""
        position, done, total = self.words[Header.NOTE], self.words[Header.NOTE_DONE], self.words[Header.NOTE_TOTAL]
        text = NOTES[position] if 0 <= position < len(NOTES) else ""
        return f"{text} {done} of {total}" if text and total > 0 else text

    def say(self, note: str, done: int = 0, total: int = 0) -> None:
        """Sets the note, one of NOTES, with how much of it is over."""
        self.words[Header.NOTE_DONE], self.words[Header.NOTE_TOTAL] = done, total
        self.words[Header.NOTE] = NOTES.index(note)


@dataclass(frozen=True, slots=True)
class Lane:
    """One worker thread at one moment."""

    name: str
    stage: Stage
    file: int
    """Index of the task it works on, or -1."""
    fraction: float
    """How much of that file is done, 0 to 1; 1 only when the file is whole on disk."""
    megapixels: float
    """Pixels of finished files that this thread filtered."""
    rate: float
    """Megapixels per second, lately."""
    load: float
    """Share of one core that this very thread used, lately, 0 to 1."""
    busy_seconds: float
    cpu_seconds: float
    decode_seconds: float = 0.0
    filter_seconds: float = 0.0
    encode_seconds: float = 0.0
    """Of the busy seconds, the stage at hand included; what is left of them was waiting for the disk."""
    failed: int = 0
    """Files that it could not do."""
    host: str = ""
    """The machine that it is on, where a batch has several; lanes of one machine are neighbours."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of all threads of a batch together, by stage."""

    decode: float = 0.0
    filter: float = 0.0
    encode: float = 0.0
    wait: float = 0.0
    """Reading, writing, and waiting for the disk."""

    @property
    def total(self) -> float:
        """All of it."""
        return self.decode + self.filter + self.encode + self.wait


NOTHING_SPENT = Spent()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole batch at one moment: a value, safe to hand to any thread."""

    batch: str
    state: State
    seconds: float
    lanes: tuple[Lane, ...]
    cores: tuple[float, ...]
    """Load of each core of the machine, 0 to 1."""
    total: int
    done: int
    failed: int
    skipped: int
    megapixels: float
    rate: float
    """Megapixels per second of the whole batch, lately."""
    remaining_seconds: float | None
    """Estimated; None until it can be."""
    note: str = ""
    """What it waits for, such as `compiling kernels`."""
    unlocked: float | None = None
    """Share of the threads' CPU time so far that was spent in calls that release Python's lock; None before any."""
    latency: float | None = None
    """Seconds that a file took from its beginning to its end, lately; None while none was finished."""
    read_rate: float = 0.0
    written_rate: float = 0.0
    """Bytes per second of files read and of results written, lately."""
    memory: int = 0
    memory_limit: int = 0
    """Bytes that the batch's process takes and may take; 0 where that is not known."""

    @property
    def left(self) -> int:
        """Files neither done, failed nor skipped."""
        return self.total - self.done - self.failed - self.skipped

    @property
    def spent(self) -> Spent:
        """Where its threads' time went."""
        lanes = self.lanes
        decode, encode = sum(lane.decode_seconds for lane in lanes), sum(lane.encode_seconds for lane in lanes)
        filtering, busy = sum(lane.filter_seconds for lane in lanes), sum(lane.busy_seconds for lane in lanes)
        return Spent(decode, filtering, encode, max(0.0, busy - decode - filtering - encode))
