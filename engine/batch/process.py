"""The process of one batch: builds the crew, writes the journal, shows the Board, serves clients. Filters nothing."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from engine.batch.ending import Ending
from engine.batch.folder import Folder, open_folder, unwritable
from engine.batch.journal import Journal
from engine.batch.mirror import Mirror
from engine.batch.protocol import READY, Command, Request
from engine.batch.queue import Queue
from engine.batch.record import Record, save_record
from engine.batch.server import Server
from engine.batch.specification import Specification, load_specification
from engine.errors import BatchError, SafelightError
from engine.files.log import HarmlessFormatter
from engine.job import Event, Finished, Remark, Started, State, Summary, Task, Verb, move
from engine.telemetry import Board, Header

PUBLISHED_EVERY = 0.1
SYNCED_EVERY = 0.05
"""What matters in the journal is on the disk at once, and where many small files are done, together every so often."""
LOOKS_EVERY = 0.1
"""Seconds between two looks at whose turn it is."""
LINGERS_FOR = 2.0
"""Seconds that followers have to take the last events."""
log = logging.getLogger(__name__)


class Crew(Protocol):
    """The threads that do the work, as `engine.run.crew` has them."""

    @property
    def state(self) -> State:
        """Where the batch stands."""

    def start(self) -> None:
        """Sets the threads to work."""

    def ask(self, verb: Verb) -> None:
        """Pause, resume, drain or cancel; BatchError when that means nothing now."""

    def publish(self) -> None:
        """Writes CPU times, counts and state to the Board."""

    def wait(self, timeout: float) -> bool:
        """True once every thread has ended."""

    def summary(self) -> Summary:
        """What was done."""


MakeCrew = Callable[[Specification, tuple[Task, ...], int, Board, Callable[[Event], None]], Crew]


class Process:
    """One batch, from its first client to its summary."""

    def __init__(self, folder: Folder, specification: Specification, hosts: int = 0) -> None:
        """Takes the folder over and listens; BatchError or OSError when it cannot.

        `hosts` is how many machines its threads may be on, 0 for this one alone.
        """
        total = len(specification.tasks)
        self._folder, self._specification = folder, specification
        self._board = Board.fresh(specification.workers, total, hosts)
        self._board.words[Header.STARTED_NS] = self._board.words[Header.NOW_NS] = time.monotonic_ns()
        self._board.words[Header.TURN] = specification.turn
        self._board.words[Header.PRIORITY] = specification.priority
        if specification.turn:
            self._board.say("waiting for its turn")
        self._mirror = Mirror(folder.board)
        self._mirror.show(self._board, State.WAITING)
        self._journal = Journal(folder.journal)
        path = folder.socket()
        self._server = Server(path, folder.journal, self._answer)
        record = Record.of_this_process(
            total=total, output=specification.destination, socket_path=path, cluster=specification.cluster
        )
        save_record(record, folder)
        self._crew: Crew | None = None
        self._before = State.WAITING
        """Where the batch stands while there is no crew."""
        self._ending = Ending()
        self._told = self._accounted = 0
        self._synced = self._published = 0.0
        self._over = False
        signal.set_wakeup_fd(self._server.waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, self._terminate)
        signal.signal(signal.SIGINT, self._terminate)

    def run(self, make_crew: MakeCrew) -> bool:
        """Until the summary is told to everybody; whether every thread has ended, so that an ordinary exit will do."""
        specification, ended = self._specification, True
        if not self._waited():
            self._end(Summary(self._before, 0, 0, 0, len(specification.tasks), 0.0, 0.0, 0.0, time.process_time(), ()))
            return True
        try:
            crew = make_crew(specification, specification.tasks, specification.workers, self._board, self._emit)
            self._crew = crew
            crew.start()
            ended = self._attend(crew)
            crew.publish()
            summary = crew.summary()
            if not summary.state.over:
                summary = replace(summary, state=State.BROKEN, note="The worker threads ended before the files did.")
        except Exception as error:
            log.exception("The batch broke off.")
            summary, ended = self._broken(str(error) or type(error).__name__), False
        self._end(summary)
        return ended

    def _waited(self) -> bool:
        """Serves everybody until it is this batch's turn (True) or it is asked to end (False)."""
        words, queue = self._board.words, Queue(self._folder)
        while words[Header.TURN] and not self._before.over:
            if self._ending.due(time.monotonic()) is not None:
                self._before = move(self._before, Verb.CANCEL)
            elif not queue.enter(self._board, self._show_waiting):
                self._server.turn(LOOKS_EVERY)
        return not self._before.over

    def _show_waiting(self) -> None:
        self._mirror.show(self._board, self._before)

    def _attend(self, crew: Crew) -> bool:
        """Serves everybody until the threads have ended (True) or are given up (False)."""
        while not crew.wait(0.0):
            now = time.monotonic()
            verb = self._ending.due(now)
            if verb is not None:
                _try(crew, verb)
            if self._ending.overdue(now, crew.state):
                return False
            if now >= self._published + PUBLISHED_EVERY:
                crew.publish()
                # A client that sees the end may count on the summary being there: until then, the batch drains.
                self._mirror.show(self._board, State.DRAINING if crew.state.over else crew.state)
                self._published = now
            if self._journal.unsynced and now >= self._synced + SYNCED_EVERY:
                self._journal.sync()
                self._synced = now
            self._server.turn(self._patience(crew))
        return True

    def _patience(self, crew: Crew) -> float:
        """How long nothing needs to be done."""
        if crew.state.over or self._accounted >= len(self._specification.tasks):
            return 0.005
        return SYNCED_EVERY if self._journal.unsynced else PUBLISHED_EVERY

    def _emit(self, event: Event) -> None:
        """Called by the crew's threads, one at a time."""
        if self._over:
            return
        self._journal.append(event)
        self._told += 1
        self._accounted += not isinstance(event, Started | Remark)
        if self._specification.in_place and isinstance(event, Finished):
            # What follows takes the original away.
            self._journal.sync()
        self._server.wake()

    def _answer(self, request: Request) -> dict[str, Any]:
        words, crew = self._board.words, self._crew
        if request.command is Command.HELLO:
            return {"batch": self._folder.id, "pid": os.getpid(), "state": self._state, "events": self._told}
        if request.command is Command.RANK:
            return self._rank(request.priority)
        if request.verb is not None:
            if crew is None:
                self._before = move(self._before, request.verb)
            else:
                crew.ask(request.verb)
            return {"state": self._state}
        counts = {each.name.lower(): words[each] for each in (Header.TOTAL, Header.DONE, Header.FAILED, Header.SKIPPED)}
        return {"state": self._state} | counts

    @property
    def _state(self) -> State:
        return self._before if self._crew is None else self._crew.state

    def _rank(self, priority: int) -> dict[str, Any]:
        if self._crew is not None:
            raise BatchError("The batch has begun: only one that waits for its turn has a priority.")
        self._board.words[Header.PRIORITY] = priority
        self._show_waiting()
        return {"state": self._state, "priority": priority}

    def _terminate(self, _number: int, _frame: FrameType | None) -> None:
        self._ending.terminate()

    def _broken(self, sentence: str) -> Summary:
        words = self._board.words
        done, failed, skipped = words[Header.DONE], words[Header.FAILED], words[Header.SKIPPED]
        seconds = (time.monotonic_ns() - words[Header.STARTED_NS]) / 1e9
        left = words[Header.TOTAL] - done - failed - skipped
        return Summary(State.BROKEN, done, failed, skipped, left, seconds, 0.0, 0.0, time.process_time(), (), sentence)

    def _end(self, summary: Summary) -> None:
        self._over = True
        self._journal.append(summary)
        self._journal.close()
        self._mirror.show(self._board, summary.state)
        self._mirror.close()
        signal.set_wakeup_fd(-1)
        self._server.finish(LINGERS_FOR)


def _try(crew: Crew, verb: Verb) -> None:
    try:
        crew.ask(verb)
    except BatchError:
        log.info("Asked to %s while the batch was %s.", verb, crew.state)


def serve(path: Path, report_to: int = -1, make_crew: MakeCrew | None = None) -> int:
    """Runs the batch in that folder; tells the descriptor `report_to` when clients may come, or why they may not."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    faulthandler.enable()
    _log_to_stderr()
    try:
        folder = open_folder(path.absolute())
        os.chdir(folder.path)
        specification, gathering = load_specification(folder), None
        if specification.cluster and make_crew is None:
            from engine.cluster.gathering import Gathering

            gathering = Gathering(folder.id, specification)
            specification, make_crew = replace(specification, workers=gathering.lanes), gathering.crew
        process = Process(folder, specification, gathering.hosts if gathering else 0)
    except (SafelightError, OSError) as error:
        sentence = unwritable(path.parent, error) if isinstance(error, OSError) else str(error)
        log.error("%s", sentence)
        _report(report_to, sentence)
        return 1
    _report(report_to, READY)
    ended = process.run(make_crew or _threads)
    if gathering is not None:
        gathering.close()
    if ended:
        return 0
    sys.stderr.flush()
    # A thread that hangs in a codec or on a network folder would keep an ordinary exit waiting.
    os._exit(0)


def _threads(
    specification: Specification, tasks: tuple[Task, ...], workers: int, board: Board, emit: Callable[[Event], None]
) -> Crew:
    """The real crew; importing it loads the codecs, which takes longer than a client should wait."""
    from engine.run.loading import load_ahead

    load_ahead()
    from engine.run.allocation import return_freed_memory

    return_freed_memory()
    from engine.files.decoding import prepare_apart
    from engine.files.leftovers import sweep
    from engine.run.crew import Crew as Threads

    prepare_apart([task.source for task in tasks], workers)
    sweep({os.path.dirname(task.output) for task in tasks})
    if specification.in_place:
        from engine.batch.in_place import settle_told
        from engine.batch.shelf import Shelf

        settle_told(tasks, Shelf().batches())
    return Threads(specification, tasks, workers, board, emit)


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(HarmlessFormatter("%(asctime)s %(threadName)s %(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)


def _report(descriptor: int, sentence: str) -> None:
    if descriptor < 0:
        return
    try:
        os.write(descriptor, sentence.encode("utf-8", "backslashreplace"))
        os.close(descriptor)
    except OSError:
        log.info("The client that started the batch is gone.")
