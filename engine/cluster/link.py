"""The way to a cluster: a Dask client on an event loop in a thread of its own. Knows nothing of photographs."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from engine.cluster.address import NOBODY, local_workers
from engine.errors import BatchError

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

CONNECTS_WITHIN = 10.0
ANSWERS_WITHIN = 30.0
"""Seconds that a worker has for a question; a folder on a network may take a while."""
CLOSES_WITHIN = 5.0
GONE = "The scheduler at {} was lost: try again once there is one."
T = TypeVar("T")
log = logging.getLogger("safelight")


class SchedulerLostError(BatchError):
    """Nobody can be asked any more."""


class WorkerLostError(BatchError):
    """Its connection broke before it answered."""


class Link:
    """One cluster. Coroutines of it run on its loop; `run` is for all other threads."""

    def __init__(self, address: str) -> None:
        """Connects, or starts a cluster on this machine that ends with this process; BatchError when that fails."""
        self.address = address
        self._client: Client | None = None
        self._local: LocalCluster | None = None
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, name="cluster", daemon=True).start()
        try:
            self.run(self._connect(), CONNECTS_WITHIN + ANSWERS_WITHIN)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            reason = _broken(error) or " ".join(str(error).split()) or "it took too long"
            raise BatchError(NOBODY.format(address, reason[:200].rstrip("."))) from None

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """What the coroutine gives; from any thread but the loop's."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)

    def begin(self, work: Coroutine[Any, Any, Any]) -> None:
        """Has it run, whenever it ends; from any thread."""
        asyncio.run_coroutine_threadsafe(work, self.loop)

    @property
    def client(self) -> Client:
        """Dask's own."""
        assert self._client is not None
        return self._client

    @property
    def lost(self) -> bool:
        """Whether the scheduler is gone."""
        return bool(self.client.status != "running")

    async def workers(self) -> tuple[str, ...]:
        """Addresses of all that the scheduler knows now; SchedulerLostError when it does not answer."""
        try:
            known = await asyncio.wait_for(self.client.scheduler.identity(n_workers=-1), ANSWERS_WITHIN)
        except OSError:
            raise SchedulerLostError(GONE.format(self.address)) from None
        return tuple(sorted(known["workers"]))

    async def ask(
        self, worker: str, function: Callable[..., Awaitable[T]], *words: Any, within: float = ANSWERS_WITHIN
    ) -> T:
        """What the function gives on that worker's event loop; whatever it raises there is raised here.

        SchedulerLostError, WorkerLostError or TimeoutError when there is no answer.
        """
        answers = await self._asked(function, words, [worker], within)
        answer = answers[worker]
        if _is_of_a_connection(answer):
            raise WorkerLostError("It was lost.")
        if isinstance(answer, Exception):
            raise answer
        found: T = answer
        return found

    async def tell(self, workers: tuple[str, ...], function: Callable[..., Awaitable[None]], *words: Any) -> None:
        """The same for many at once, whatever becomes of it."""
        if not workers or self.lost:
            return
        try:
            await self._asked(function, words, list(workers), CLOSES_WITHIN)
        except (BatchError, TimeoutError) as error:
            log.info("Not every worker could be told to %s (%s).", function.__name__, error)

    def submit(self, key: str, worker: str, function: Callable[..., Awaitable[None]], *words: Any) -> Future:
        """A task of the cluster for that very worker."""
        return self.client.submit(function, *words, key=key, workers=[worker], allow_other_workers=False, pure=False)

    def close(self) -> None:
        """Lets go of the cluster, and ends it if it was started here."""
        try:
            self.run(self._close(), CLOSES_WITHIN)
        except Exception as error:  # noqa: BLE001 - it may be lost in any way
            log.info("The cluster was left without a word (%s).", error)
        self.loop.call_soon_threadsafe(self.loop.stop)

    async def _asked(
        self, function: Callable[..., Any], words: tuple[Any, ...], workers: list[str], within: float
    ) -> dict[str, Any]:
        asking = self.client.run(function, *words, workers=workers, on_error="return")
        try:
            answers: dict[str, Any] = await asyncio.wait_for(asking, within)
        except OSError as error:
            # What befalls a worker is given as its answer.
            if isinstance(error, TimeoutError) and not self.lost:
                raise
            raise SchedulerLostError(GONE.format(self.address)) from None
        return answers

    async def _connect(self) -> None:
        from distributed import Client

        logging.getLogger("distributed").setLevel(logging.WARNING)
        address: Any = self.address
        if count := local_workers(self.address):
            address = self._local = await _start_here(count)
        self._client = await Client(
            address, asynchronous=True, timeout=CONNECTS_WITHIN, set_as_default=False, name="safelight"
        )

    async def _close(self) -> None:
        if self._client is not None:
            await self._client.close(timeout=CLOSES_WITHIN / 2)
        if self._local is not None:
            await self._local.close(timeout=CLOSES_WITHIN / 2)


def _is_of_a_connection(answer: object) -> bool:
    """Whether that is an error of Dask's connections; those of a disk have numbers."""
    return isinstance(answer, OSError) and not isinstance(answer, TimeoutError) and answer.errno is None


def _broken(error: Exception) -> str:
    """Why nobody answers, where Dask's own words are about its sockets; else nothing."""
    from distributed.comm import CommClosedError

    return "the connection broke" if isinstance(error, CommClosedError) else ""


async def _start_here(count: int) -> LocalCluster:
    """A scheduler in this process and so many worker processes of one thread, which end with it however it ends."""
    from distributed import LocalCluster

    return await LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        asynchronous=True,
        silence_logs=logging.WARNING,
    )
