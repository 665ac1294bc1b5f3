"""The workers of one batch: prepared once a machine, fed, heard, told what is asked, and missed when they are gone."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.cluster.dealing import TRIES
from engine.cluster.errand import TOPIC, Errand
from engine.cluster.link import SchedulerLostError, WorkerLostError
from engine.cluster.work import ask, beat, close_session, develop, open_session
from engine.errors import BatchError
from engine.job import Finished, Remark, Started, State, Verb, event_from_dict

if TYPE_CHECKING:
    from distributed import Future

    from engine.batch.specification import Specification
    from engine.cluster.account import Account
    from engine.cluster.admission import Admission, Admitted
    from engine.cluster.dealing import Dealing
    from engine.cluster.lanes import Lanes
    from engine.cluster.link import Link
    from engine.job import Task

PREPARES_WITHIN = 600.0
"""Seconds that a worker may take to load, and the first one of a machine to compile."""
LOST = "was lost before it had a file."
EVERYBODY = "all"
"""Dask's topic of workers that come and go."""


class Staff:
    """For the link's event loop alone."""

    def __init__(
        self,
        link: Link,
        admission: Admission,
        batch: str,
        specification: Specification,
        tasks: tuple[Task, ...],
        dealing: Dealing,
        lanes: Lanes,
        account: Account,
        state: Callable[[], State],
    ) -> None:
        self._link, self._admission, self._batch, self._state = link, admission, batch, state
        self._specification, self._tasks = specification, tasks
        self._sent = replace(specification, tasks=(), earlier={})
        self._dealing, self._lanes, self._account = dealing, lanes, account
        self._doors: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One worker of a machine prepares itself at a time, so that it compiles for all."""
        self._known: set[str] = set()
        self._ended: set[str] = set()
        self._tasks_of: defaultdict[str, set[asyncio.Task[None]]] = defaultdict(set)
        self._errands: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._number = 0
        self.preparing = 0
        self.losses = 0

    @property
    def working(self) -> bool:
        """Whether there is any worker that is ready."""
        return bool(self._dealing.workers)

    @property
    def drained(self) -> bool:
        """Whether all of them have ended."""
        return self._ended.issuperset(self._dealing.workers)

    async def gather(self, admitted: list[Admitted]) -> None:
        """Prepare these, and from now on whoever joins."""
        self._known.update(each.address for each in admitted)
        self._link.client.subscribe_topic(TOPIC, self._heard)
        self._link.client.subscribe_topic(EVERYBODY, self._noticed)
        await self._look_around({each.address for each in admitted})
        for each in admitted:
            self._begin(self._employ(each))

    async def _look_around(self, admitted: set[str]) -> None:
        """Whoever came or went while the first were judged was not noticed."""
        try:
            present = set(await self._link.workers())
        except SchedulerLostError:
            # The batch ends with a sentence of its own.
            return
        self._known -= admitted - present
        for worker in present - self._admission.judged - self._known:
            self._known.add(worker)
            self._begin(self._admit(worker))

    async def stirred(self, seconds: float) -> None:
        """Returns when something happened, or after so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)
        self._changed.clear()

    def stir(self) -> None:
        """Something happened."""
        self._changed.set()

    async def ask(self, verb: Verb) -> None:
        """Every worker, and give no more files or go on with that."""
        if verb is Verb.CANCEL:
            self._drop_tasks(*self._tasks_of)
        await self._link.tell(self._dealing.workers, ask, self._batch, verb)
        if verb is Verb.RESUME:
            self._feed_all()

    def beat(self) -> None:
        """Tell the workers that the batch goes on."""
        self._begin(self._link.tell(self._dealing.workers, beat, self._batch))

    async def dismiss(self) -> None:
        """The batch is over."""
        for topic in (TOPIC, EVERYBODY):
            self._link.client.unsubscribe_topic(topic)
        self._drop_tasks(*self._tasks_of)
        for errand in self._errands - {asyncio.current_task()}:
            errand.cancel()
        await self._link.tell(self._dealing.workers, close_session, self._batch)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        errand = asyncio.ensure_future(work)
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)

    def _noticed(self, event: tuple[float, Any]) -> None:
        """A worker came or went."""
        told = event[1]
        worker, action = told.get("worker"), told.get("action")
        if action == "add-worker" and worker not in self._known:
            self._known.add(worker)
            self._begin(self._admit(worker))
        elif action == "remove-worker" and worker in self._known:
            self._known.discard(worker)
            self._leave(worker, killed=not told.get("expected", False))

    async def _admit(self, worker: str) -> None:
        try:
            admitted, refused = await self._admission.judge(self._link, (worker,))
        except SchedulerLostError:
            return
        except BatchError as error:
            admitted, refused = [], [str(error)]
        for sentence in refused if worker in self._known else ():
            self._account.tell(Remark(sentence))
        for each in admitted:
            await self._employ(each)

    async def _employ(self, worker: Admitted) -> None:
        """Have a worker prepare itself, and give it files."""
        self.preparing += 1
        try:
            async with self._doors[worker.host]:
                state, sent = self._state(), replace(self._sent, memory=worker.memory)
                if state.over:
                    return
                if worker.address not in self._known:
                    raise WorkerLostError(LOST)
                words = (self._batch, sent, self._tasks[0], state)
                await self._link.ask(worker.address, open_session, *words, within=PREPARES_WITHIN)
        except SchedulerLostError:
            # The batch ends with a sentence of its own.
            return
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one worker, the others go on
            reason = _unprepared(error) if worker.address in self._known else LOST
            self._account.tell(Remark(f"{worker.address} on {worker.host} {reason}"))
            return
        finally:
            self.preparing -= 1
            self.stir()
        if worker.address not in self._known:
            self._account.tell(Remark(f"{worker.address} on {worker.host} {LOST}"))
            return
        self._dealing.join(worker.address, worker.threads)
        self._lanes.join(worker.address, worker.host, worker.threads, worker.memory)
        now = self._state()
        if now is not state and now is not State.RUNNING:
            verb = {State.PAUSED: Verb.PAUSE, State.DRAINING: Verb.DRAIN}.get(now, Verb.CANCEL)
            await self._link.tell((worker.address,), ask, self._batch, verb)
        self._feed(worker.address)

    def _feed_all(self) -> None:
        for worker in self._dealing.workers:
            self._feed(worker)

    def _feed(self, worker: str) -> None:
        """Tasks, as many as it may have."""
        while self._state() is State.RUNNING and (chunk := self._dealing.deal(worker)):
            self._number += 1
            key = f"safelight-{self._batch}-{self._number}"
            errands = tuple(self._errand(index) for index in chunk)
            future = self._link.submit(key, worker, develop, self._batch, errands)
            seeing = asyncio.ensure_future(self._see(worker, future))
            self._tasks_of[worker].add(seeing)
            seeing.add_done_callback(self._tasks_of[worker].discard)

    def _errand(self, index: int) -> Errand:
        earlier = self._specification.earlier
        again = self._dealing.given_before(index)
        return Errand(index, self._tasks[index], again or index in earlier, None if again else earlier.get(index))

    async def _see(self, worker: str, future: Future) -> None:
        """One task of the cluster, until its last file is begun."""
        try:
            error = await future.exception()
        except Exception as trouble:  # noqa: BLE001 - a lost scheduler is noticed by itself
            error = None if self._link.lost else trouble
        if error is not None and worker in self._dealing.workers:
            self._account.tell(Remark(f"{worker} gave up a task ({type(error).__name__}: {error})."))
            self._leave(worker, killed=False)
            return
        self._dealing.taken_up(worker)
        self._feed(worker)

    def _heard(self, event: tuple[float, Any]) -> None:
        """A worker's message."""
        told = event[1]
        worker = told["worker"]
        if told["batch"] != self._batch or worker not in self._dealing.workers:
            return
        host = self._lanes.host(worker)
        for each in told["events"]:
            happened = event_from_dict(each)
            if isinstance(happened, Started):
                self._account.tell(happened)
            elif not isinstance(happened, Remark) and self._dealing.over(worker, *_spent(happened)):
                self._account.settle(happened, host)
        self._lanes.hear(worker, told["rows"], told["now"], told["cpu"], told["memory"])
        if told["ended"]:
            self._ended.add(worker)
        self._feed_all() if told["events"] else None
        if not self._dealing.left or told["ended"]:
            self.stir()

    def _leave(self, worker: str, *, killed: bool) -> None:
        """A worker is gone, and its files go to others."""
        host, working = self._lanes.host(worker), worker in self._dealing.workers
        lost, aside = self._dealing.leave(worker, killed=killed)
        self._drop_tasks(worker)
        self._lanes.leave(worker)
        self._ended.discard(worker)
        if not working or self._state().over:
            return
        self.losses += 1
        self._account.lost(worker, host, len(lost) - len(aside))
        for index in aside:
            if self._dealing.over(worker, index):
                self._account.set_aside(index, TRIES, host)
        self._feed_all()
        self.stir()

    def _drop_tasks(self, *workers: str) -> None:
        for worker in workers:
            for seeing in tuple(self._tasks_of.get(worker, ())):
                seeing.cancel()


def _spent(happened: Any) -> tuple[int, float]:
    """Which file is over, and how many seconds it took where it was done."""
    return happened.index, happened.seconds if isinstance(happened, Finished) else 0.0


def _unprepared(error: Exception) -> str:
    """Why a worker was given nothing, as the end of a sentence."""
    if isinstance(error, WorkerLostError):
        return LOST
    if isinstance(error, TimeoutError):
        return f"is left out: it was not ready after {PREPARES_WITHIN / 60:.0f} minutes."
    return f"is left out: {str(error) or type(error).__name__}"
