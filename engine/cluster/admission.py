"""Who may work on a batch: each worker is asked what it has and sees, and named when that is not enough."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.cluster.identity import libraries, sources
from engine.cluster.link import SchedulerLostError, WorkerLostError
from engine.cluster.probe import Asked, Told, examine
from engine.errors import BatchError, SafelightError
from engine.files.edition import edition
from engine.files.name import show
from engine.files.remote.url import is_url
from engine.files.write import TEMPORARY_PREFIX
from engine.run.budget import COMPILER_BYTES, MEGABYTE, PROCESS_BYTES, WORKER_BYTES

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.cluster.link import Link

SAMPLES = 8
"""Files that a worker has to see, spread over the batch."""
MISSING = re.compile(r"No module named \W*([\w.]+)")
OF_ITS_LIMIT = 0.6
"""Dask writes to disk, rests and kills at 0.7, 0.8 and 0.95 of a worker's limit."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A worker that may work on the batch."""

    address: str
    host: str
    threads: int
    memory: int
    """Bytes that it may take for the batch."""


class Admission:
    """The conditions of one batch."""

    def __init__(self, specification: Specification) -> None:
        self._specification = specification
        self._need = _need(specification)
        self.judged: set[str] = set()
        """Addresses of all that were asked."""

    async def judge(self, link: Link, workers: tuple[str, ...]) -> tuple[list[Admitted], list[str]]:
        """Those that may work, and a sentence for each that may not; SchedulerLostError when nobody can be asked."""
        import asyncio

        self.judged.update(workers)
        with _marked(self._specification.destination) as marker:
            asked = Asked(_samples(self._specification), self._specification.destination, marker)
            answers = await asyncio.gather(
                *(link.ask(worker, examine, asked) for worker in workers), return_exceptions=True
            )
        for answer in answers:
            if isinstance(answer, SchedulerLostError):
                raise answer
        told = {worker: each for worker, each in zip(workers, answers, strict=True) if isinstance(each, Told)}
        crowd = Counter(each.host for each in told.values())
        admitted, refused = [], []
        for worker, answer in zip(workers, answers, strict=True):
            if not isinstance(answer, Told):
                refused.append(f"{worker} is left out: it {_unanswered(answer)}.")
                continue
            memory = self._memory(answer, crowd[answer.host])
            reason = self._reason(answer, memory)
            if reason:
                refused.append(f"{worker} on {answer.host} is left out: it {reason}.")
            else:
                admitted.append(Admitted(worker, answer.host, answer.threads, memory))
        return admitted, refused

    def _memory(self, told: Told, neighbours: int) -> int:
        memory = self._specification.memory or told.share // neighbours
        return min(memory, int(told.limit * OF_ITS_LIMIT)) if told.limit else memory

    def _reason(self, told: Told, memory: int) -> str:
        """Why a worker cannot do this batch, as the end of a sentence; empty when it can."""
        if told.sources != sources():
            return "runs another version of Safelight"
        ours = libraries()
        other = [name for name in ours if told.libraries.get(name) != ours[name]]
        if other:
            name = other[0]
            return f"has {name} {told.libraries.get(name) or 'not'} installed where this machine has {ours[name]}"
        if told.missing:
            return told.missing
        takes = PROCESS_BYTES + COMPILER_BYTES + told.threads * WORKER_BYTES + self._need
        there = min(memory, told.free)
        if there < takes:
            return (
                f"has {there // MEGABYTE:,} MB of memory for the batch, which takes {takes // MEGABYTE:,} MB at least"
            )
        return ""


def _unanswered(error: BaseException | Told) -> str:
    if isinstance(error, TimeoutError):
        return "does not answer"
    if isinstance(error, WorkerLostError):
        return "was lost"
    # Dask gives what went wrong before our function was called as the text of an exception.
    text = f"{type(error).__name__}: {error}"
    if missing := MISSING.search(text):
        package, _, module = missing[1].partition(".")
        if package != "engine":
            return f"lacks the package {package}"
        return "runs another version of Safelight" if module else "has no Safelight"
    if isinstance(error, AttributeError | TypeError) or "AttributeError" in text:
        return "runs another version of Safelight"
    if isinstance(error, SafelightError):
        return f"says: {str(error).rstrip('.')}"
    return f"cannot be asked ({show(f'{type(error).__name__}: {error}', 200)})"


def _samples(specification: Specification) -> tuple[tuple[str, int], ...]:
    tasks = specification.tasks
    found = [tasks[number * (len(tasks) - 1) // SAMPLES].source for number in range(SAMPLES + 1)] if tasks else []
    found += list(specification.stamps())
    sizes = {}
    for path in found:
        if (there := edition(path)) is not None:
            sizes[path] = there.size
    return tuple(sizes.items())


@contextlib.contextmanager
def _marked(output: str) -> Iterator[str]:
    """A file in the folder for the results, for as long as workers are asked whether they see it; empty for a URL."""
    if is_url(output):
        yield ""
        return
    marker = os.path.join(output, f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
    try:
        os.makedirs(output, exist_ok=True)
        os.close(os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise BatchError(f"{show(output)} cannot be written to ({error.strerror}): choose another folder.") from None
    try:
        yield marker
    finally:
        with contextlib.suppress(OSError):
            os.unlink(marker)


def _need(specification: Specification) -> int:
    """Bytes that the first file that can be read takes."""
    from engine.run.prospect import Prospects

    prospects = Prospects(specification, 1)
    for task in specification.tasks[:SAMPLES]:
        with contextlib.suppress(SafelightError, OSError):
            return prospects.of(task).need
    return 0
