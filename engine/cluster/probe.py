"""What a worker tells of itself before it is given anything: its Safelight, its memory, the folders that it sees.

It runs in the worker's process, on its event loop; whatever may wait for a disk does so on a thread of its own.
"""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.cluster.identity import libraries, sources
from engine.files.edition import edition
from engine.files.name import show

if TYPE_CHECKING:
    from distributed import Worker


@dataclass(frozen=True, slots=True)
class Asked:
    """What a worker has to see."""

    sources: tuple[tuple[str, int], ...]
    """Some files, with their sizes."""
    output: str
    marker: str
    """A file that was just made in the folder for the results; empty where that is no folder."""


@dataclass(frozen=True, slots=True)
class Told:
    """A worker, as it says itself."""

    host: str
    threads: int
    sources: str
    libraries: dict[str, str]
    missing: str
    """What it does not see, as the end of a sentence; empty when it sees everything."""
    share: int
    """Bytes that a batch takes on its machine when nobody says how many."""
    limit: int
    """Bytes that its cluster lets it take; 0 for no limit."""
    free: int
    """Bytes that nobody has taken on its machine."""


async def examine(asked: Asked, dask_worker: Worker) -> Told:
    """The answer; `dask_worker` is given by the worker that runs it."""
    return await asyncio.to_thread(_examined, asked, dask_worker)


def _examined(asked: Asked, worker: Any) -> Told:
    import psutil

    from engine.run.memory import default_memory

    return Told(
        host=socket.gethostname(),
        threads=worker.state.nthreads,
        sources=sources(),
        libraries=libraries(),
        missing=_missing(asked),
        share=default_memory(),
        limit=worker.memory_manager.memory_limit or 0,
        free=psutil.virtual_memory().available,
    )


def _missing(asked: Asked) -> str:
    for path, size in asked.sources:
        there = edition(path)
        if there is None:
            return f"does not see {show(path)}"
        if there.size != size:
            return f"sees another {show(path)}"
    if not asked.marker:
        return ""
    if not os.path.exists(asked.marker):
        return f"does not see the folder {show(asked.output)}"
    return "" if os.access(asked.output, os.W_OK | os.X_OK) else f"may not write to {show(asked.output)}"
