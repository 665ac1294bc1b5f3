"""A batch as any program of the same user sees it: what it is, does and did, and what it can be asked. Runs nothing.

Everything but `ask` reads memory or a file that was just written, and never waits for the batch.
"""

from __future__ import annotations

import subprocess
import time
from collections import Counter

from engine.batch.folder import Folder
from engine.batch.journal import Reader, last_event, parse_line
from engine.batch.log import abandoned
from engine.batch.mirror import mapped_board
from engine.batch.protocol import Command
from engine.batch.record import Life, Record, load_record
from engine.batch.tasks import TaskFile
from engine.batch.wire import Wire
from engine.confinement import NOTHING, confines, read_only
from engine.errors import BatchError
from engine.job import BatchInfo, Event, Failed, Finished, Skipped, State, Summary, Task, Verb, move
from engine.meter import Meter
from engine.telemetry import Board, Header, Snapshot

PATIENCE = 5.0
"""Seconds that `ask` waits for the batch's answer."""
LINE = 160
"""Bytes of an ordinary line of the journal."""
STARTS_WITHIN = 60.0
"""A folder without a process may be this old, in seconds, before it counts as broken, unless its log tells sooner."""


class Batch:
    """One batch, living or ended. For one thread at a time."""

    def __init__(self, folder: Folder, process: subprocess.Popen[bytes] | None = None) -> None:
        """`process` is the batch's, when this program started it."""
        self.folder = folder
        self._process = process
        self._journal = Reader(folder.journal)
        self._known_record: Record | None = None
        self._known_board: Board | None = None
        self._known_tasks: TaskFile | None = None
        self._ended: State | None = None

    @property
    def id(self) -> str:
        """What a person calls it."""
        return self.folder.id

    @property
    def state(self) -> State:
        """Where it stands. Once this says that it is over, `events` has the summary too, unless it is BROKEN."""
        if self._process is not None and self._process.poll() is not None:
            self._process = None
        if self._ended is None:
            state = self._look()
            if state.over and self._record is not None:
                self._ended, self._known_board = state, None
            return state
        return self._ended

    @property
    def host(self) -> str:
        """The machine it runs on, when that is another one; its state is then what its files say."""
        record = self._record
        return record.host if record is not None and record.elsewhere else ""

    @property
    def visible(self) -> bool:
        """Whether it was begun within the folder that is open here; so long as nobody can tell, it was not."""
        return confines("" if self._record is None else self._record.root)

    def info(self) -> BatchInfo:
        """The batch in a line."""
        record, state = self._record, self.state
        if record is None:
            return BatchInfo(self.id, state, self._created(), 0, "")
        return BatchInfo(self.id, state, record.created, record.total, record.output, self.host, record.cluster)

    def snapshot(self, meter: Meter, cores: tuple[float, ...] = ()) -> Snapshot | None:
        """What it does now; None while it has not begun. One Meter belongs to one batch and one reader."""
        board = self._board
        return None if board is None else meter.read(board, time.monotonic_ns(), cores, self.state)

    @property
    def priority(self) -> int:
        """Among those that wait: the higher first."""
        board = self._board
        return 0 if board is None else board.words[Header.PRIORITY]

    @property
    def queued(self) -> bool:
        """Whether it waits for its turn."""
        board = self._board
        return board is not None and board.words[Header.TURN] > 0 and self.state is State.WAITING

    def counts(self) -> tuple[int, int, int]:
        """Files done, failed and skipped. Those of a killed process are in its journal: the Board lags behind."""
        board = self._board
        if board is not None and (board.state.over or not self.state.over):
            return board.words[Header.DONE], board.words[Header.FAILED], board.words[Header.SKIPPED]
        reader, ends = Reader(self.folder.journal), Counter[type[Event | None]]()
        while lines := reader.lines():
            ends.update(type(parse_line(line)) for line in lines)
        reader.close()
        return ends[Finished], ends[Failed], ends[Skipped]

    def events(self, start: int, most: int = 200) -> tuple[tuple[int, Event], ...]:
        """Events from number `start` on with their numbers, about `most` at once; none when there is nothing new.

        Going on where the last call ended costs little; another `start` reads the journal from its beginning.
        """
        journal, before = self._journal, -1
        while not journal.seek(start):
            if journal.number == before:
                return ()
            before = journal.number
        found: list[tuple[int, Event]] = []
        while len(found) < most and (lines := journal.lines(most * LINE)):
            parsed = ((number, parse_line(line)) for number, line in enumerate(lines, journal.number - len(lines)))
            found += ((number, event) for number, event in parsed if event is not None)
        return tuple(found)

    def task(self, index: int) -> Task:
        """One of its files; IndexError when there is none of that number."""
        if self._known_tasks is None:
            self._known_tasks = TaskFile(self.folder.tasks)
        return self._known_tasks[index]

    def ask(self, verb: Verb) -> State:
        """Pause, resume, drain or cancel, and where it stands then; BatchError when that means nothing now. Waits."""
        with self._asked(verb) as wire:
            return State(wire.receive()["state"])

    def rank(self, priority: int) -> None:
        """Give it another priority among those that wait; BatchError when it waits no more. Waits for the answer."""
        if self.state.over:
            raise BatchError(f"Batch {self.id} is over: only one that waits for its turn has a priority.")
        with self._wire(f"be of priority {priority}") as wire:
            wire.send({"command": Command.RANK, "priority": priority})
            wire.receive()

    def post(self, verb: Verb) -> None:
        """Like `ask`, without waiting for the answer; BatchError when nobody is there to hear it."""
        with self._asked(verb):
            return

    def _asked(self, verb: Verb) -> Wire:
        if self.state.over:
            move(self.state, verb)
        wire = self._wire(verb)
        wire.send({"command": Command.ASK, "verb": verb})
        return wire

    def _wire(self, what: str) -> Wire:
        if read_only():
            raise BatchError(f"Batch {self.id} is not asked to {what}. {NOTHING}")
        record = self._record
        if record is None:
            raise BatchError(f"Batch {self.id} has not begun yet.")
        if self.host:
            raise BatchError(f"Batch {self.id} runs on {self.host}: ask it there.")
        return Wire(record.socket, PATIENCE)

    @property
    def _record(self) -> Record | None:
        if self._known_record is None:
            self._known_record = load_record(self.folder)
        return self._known_record

    @property
    def _board(self) -> Board | None:
        if self._known_board is None:
            self._known_board = mapped_board(self.folder.board)
        return self._known_board

    def _look(self) -> State:
        record = self._record
        if record is None:
            late = abandoned(self.folder) or time.time() - self._created() >= STARTS_WITHIN
            return State.BROKEN if late else State.WAITING
        life = record.life()
        board = self._board
        shown = State.WAITING if board is None else board.state
        if shown.over or life is not Life.DEAD:
            return shown
        last = last_event(self.folder.journal)
        return last.state if isinstance(last, Summary) else State.BROKEN

    def _created(self) -> float:
        try:
            return self.folder.path.stat().st_mtime
        except OSError:
            return 0.0
