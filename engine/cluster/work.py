"""What a worker of the cluster is asked to run, as plain functions: sessions opened, fed, told things and closed."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.cluster.errand import Errand
from engine.errors import BatchError, SafelightError
from engine.job import State, Verb

if TYPE_CHECKING:
    from distributed import Worker

    from engine.batch.specification import Specification
    from engine.cluster.session import Session
    from engine.job import Task


@functools.cache
def sessions() -> dict[tuple[str, str], Session]:
    """By batch and address of the worker, as one process may have several."""
    return {}


async def open_session(
    batch: str, specification: Specification, first: Task, state: State, dask_worker: Worker
) -> None:
    """Loads all that a picture takes, and sets the threads to work; SafelightError with a sentence when that fails."""
    from engine.cluster.session import Session

    await asyncio.to_thread(_prepare, specification, first, dask_worker.state.nthreads)
    session = Session(dask_worker, batch, specification)
    sessions()[batch, dask_worker.address] = session
    session.begin(state)


async def develop(batch: str, errands: Sequence[Errand]) -> None:
    """A task of the cluster: some files; returns when the last one is begun, so that the next task finds a thread."""
    from distributed import get_worker

    session = sessions().get((batch, get_worker().address))
    if session is None:
        raise BatchError("This worker knows nothing of the batch.")
    await session.develop(errands)


async def ask(batch: str, verb: Verb, dask_worker: Worker) -> None:
    """Pause, resume, drain or cancel."""
    session = sessions().get((batch, dask_worker.address))
    if session is not None:
        await session.ask(verb)


async def beat(batch: str, dask_worker: Worker) -> None:
    """The batch's process lives."""
    session = sessions().get((batch, dask_worker.address))
    if session is not None:
        session.beat()


async def close_session(batch: str, dask_worker: Worker) -> None:
    """The batch is over."""
    session = sessions().pop((batch, dask_worker.address), None)
    if session is not None:
        await session.close()


def _prepare(specification: Specification, first: Task, threads: int) -> None:
    """Codecs, compiler and the kernels of the first file: what others of its kind need as well."""
    from engine.files.decoding import prepare_apart
    from engine.run.allocation import return_freed_memory
    from engine.run.compiler import compiler
    from engine.run.prospect import Prospects

    return_freed_memory()
    for stack in specification.stacks:
        stack.read_files()
    prepare_apart([first.source], threads)
    native = compiler()
    native.runner()
    try:
        plan = Prospects(specification, threads).of(first).plan
    except SafelightError:
        # It is told of in its turn.
        return
    native.prepare(stage.kernel for each in plan.passes for stage in each.stages)
