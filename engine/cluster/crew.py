"""The crew of a batch whose threads are those of a cluster's workers: what the batch's process asks, answered here.

All that happens is on the link's event loop; the process only asks, and reads the Board.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.cluster.account import Account
from engine.cluster.dealing import Dealing
from engine.cluster.lanes import Lanes
from engine.cluster.staff import Staff
from engine.files.leftovers import sweep
from engine.job import Event, Remark, State, Summary, Verb, move
from engine.telemetry import Board, Header

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.cluster.admission import Admission, Admitted
    from engine.cluster.link import Link
    from engine.job import Task

PERIOD = 0.5
"""Seconds between two looks: the lanes are shown as often."""
BEAT = 10.0
"""Seconds between two words to the workers that the batch is still there."""
PATIENCE = 60.0
"""Seconds without any worker before the batch ends."""
LOST = "The scheduler at {} was lost: `--resume` does what is left once there is one again."
NOBODY = "No worker is left at {}: `--resume` does what is left once there are some again."


class ClusterCrew:
    """As `engine.batch.process` has its crews."""

    def __init__(
        self,
        link: Link,
        admission: Admission,
        batch: str,
        specification: Specification,
        tasks: tuple[Task, ...],
        board: Board,
        emit: Callable[[Event], None],
        admitted: list[Admitted],
        refused: list[str],
    ) -> None:
        """`emit` is called on the link's loop."""
        self._link, self._board, self._emit = link, board, emit
        self._admitted, self._refused = admitted, refused
        self._tasks = tasks
        self._account = Account(board, tasks, emit)
        self._lanes = Lanes(board)
        self._dealing = Dealing(len(tasks))
        self._staff = Staff(
            link, admission, batch, specification, tasks, self._dealing, self._lanes, self._account, lambda: self._state
        )
        self._changing = threading.Lock()
        self._state = State.WAITING
        self._began = 0
        self._note = ""
        self._stopped = False
        self._ended = threading.Event()

    @property
    def state(self) -> State:
        """Where the batch stands."""
        return self._state

    def start(self) -> None:
        """Has the workers prepare themselves and begin."""
        self._move(Verb.START)
        self.publish()
        self._began = self._board.words[Header.STARTED_NS] = time.monotonic_ns()
        self._link.begin(self._run())

    def ask(self, verb: Verb) -> None:
        """Pause, resume, drain or cancel; BatchError when that means nothing now."""
        self._move(verb)
        self._link.begin(self._pass_on(verb))

    def publish(self) -> None:
        """The state; the lanes are shown as messages come."""
        self._board.state = self._state

    def wait(self, timeout: float) -> bool:
        """True once no worker works for the batch any more, or nobody can tell."""
        return self._ended.wait(timeout)

    def summary(self) -> Summary:
        """What was done; its CPU time is that of all workers."""
        words, over = self._board.words, self._state.over
        done, failed, skipped = words[Header.DONE], words[Header.FAILED], words[Header.SKIPPED]
        seconds, megapixels = (words[Header.NOW_NS] - self._began) / 1e9, words[Header.CREDITED_PIXELS] / 1e6
        return Summary(
            state=self._state if over else State.BROKEN,
            done=done,
            failed=failed,
            skipped=skipped,
            left=words[Header.TOTAL] - done - failed - skipped,
            seconds=seconds,
            megapixels=megapixels,
            megapixels_per_second=megapixels / seconds if seconds > 0 else 0.0,
            process_cpu_seconds=words[Header.PROCESS_CPU_NS] / 1e9,
            workers=self._lanes.totals(),
            note="" if over else self._note,
        )

    def _move(self, verb: Verb) -> None:
        with self._changing:
            self._state = move(self._state, verb)

    async def _run(self) -> None:
        """The whole batch."""
        try:
            for sentence in self._refused:
                self._emit(Remark(sentence))
            self._sweep()
            await self._staff.gather(self._admitted)
            await self._attend()
            if self._staff.losses:
                self._sweep()
            await self._staff.dismiss()
        except Exception as error:
            self._note = f"The batch on {self._link.address} broke off ({type(error).__name__}: {error})."
            raise
        finally:
            self._lanes.show()
            self._lanes.rest()
            self._ended.set()

    async def _attend(self) -> None:
        """Until every file is over, or nobody works any more."""
        beaten = seen = shown = time.monotonic()
        while not self._over():
            now = time.monotonic()
            if self._link.lost:
                self._note = LOST.format(self._link.address)
                return
            seen = now if self._staff.working or self._state is State.PAUSED else seen
            if now > seen + PATIENCE:
                self._note = NOBODY.format(self._link.address)
                return
            if now > beaten + BEAT:
                beaten = now
                self._staff.beat()
            if now > shown + PERIOD:
                shown = now
                self._say()
                self._lanes.show()
            await self._staff.stirred(PERIOD)

    def _over(self) -> bool:
        """Whether nothing can happen any more."""
        if self._state is State.CANCELLED:
            return self._stopped
        if not self._dealing.left or (self._state is State.DRAINING and self._staff.drained):
            with self._changing:
                if not self._state.over:
                    self._state = move(self._state, Verb.END)
            self._stopped = True
            return True
        return False

    def _say(self) -> None:
        """What the batch waits for."""
        if self._state is State.DRAINING:
            self._board.say("finishing the files under way")
        elif self._staff.working:
            self._board.say("")
        else:
            self._board.say("preparing workers" if self._staff.preparing else "waiting for workers")

    async def _pass_on(self, verb: Verb) -> None:
        await self._staff.ask(verb)
        if verb is Verb.CANCEL:
            self._stopped = True
        self._staff.stir()

    def _sweep(self) -> None:
        """What killed workers left half written, where this machine sees it."""
        import os

        sweep({os.path.dirname(task.output) for task in self._tasks})
