"""A cluster before a batch begins on it: connected to, its workers judged. BatchError when there is none to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cluster.address import check_cluster
from engine.cluster.admission import Admission, Admitted
from engine.cluster.crew import ClusterCrew
from engine.cluster.link import Link
from engine.errors import BatchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.batch.specification import Specification
    from engine.job import Event, Task
    from engine.telemetry import Board

SPARE = 64
"""Rows of the Board for threads, and for machines, that join later."""


class Gathering:
    """The cluster of one batch, at the moment when it begins."""

    def __init__(self, batch: str, specification: Specification) -> None:
        """Asks every worker, which may take as long as the slowest of their folders."""
        check_cluster(specification.cluster)
        if specification.in_place:
            raise BatchError("A cluster does not develop in place: leave --in-place or --cluster out.")
        self._batch = batch
        self._link = Link(specification.cluster)
        try:
            self._admission = Admission(specification)
            self._admitted, self._refused = self._link.run(self._judged())
        except BaseException:
            self._link.close()
            raise
        self.lanes = sum(each.threads for each in self._admitted) + SPARE
        self.hosts = len({each.host for each in self._admitted}) + SPARE

    async def _judged(self) -> tuple[list[Admitted], list[str]]:
        workers = await self._link.workers()
        if not workers:
            raise BatchError(
                f"The cluster at {self._link.address} has no workers: "
                f"start some with `dask worker {self._link.address}`."
            )
        admitted, refused = await self._admission.judge(self._link, workers)
        if not admitted:
            more = len(refused) - 3
            raise BatchError(" ".join([*refused[:3], f"So are {more} more." if more > 0 else "No other is left."]))
        return admitted, refused

    def close(self) -> None:
        """Lets go of the cluster."""
        self._link.close()

    def crew(
        self,
        specification: Specification,
        tasks: tuple[Task, ...],
        _workers: int,
        board: Board,
        emit: Callable[[Event], None],
    ) -> ClusterCrew:
        """As `engine.batch.process` makes a crew."""
        return ClusterCrew(
            self._link, self._admission, self._batch, specification, tasks, board, emit, self._admitted, self._refused
        )
