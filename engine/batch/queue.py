"""Whose turn it is: each batch that waits looks at all others itself. No process keeps the order, so none can lose it.

The order is by priority, then by age, of those that would use the same cores: those of this machine, or of one cluster.
Who is dead, on another machine, paused or over is not waited for. To look and to begin is one step, as whoever takes it
holds a lock that ends with its process.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.batch.client import Batch
from engine.batch.folder import Folder, open_folder
from engine.errors import BatchError
from engine.job import State
from engine.telemetry import Board, Header

if TYPE_CHECKING:
    from collections.abc import Iterable

GATE = "queue.lock"
"""Beside the folder of all batches."""
AT_WORK = (State.RUNNING, State.DRAINING)


class Queue:
    """All batches of this user, as one of them that waits sees them."""

    def __init__(self, own: Folder) -> None:
        self._own, self._root, self._cores = own, own.path.parent, cores(Batch(own))
        self._others: dict[str, Batch | None] = {}
        """None for what will never matter again."""

    def enter(self, board: Board, told: Callable[[], object]) -> bool:
        """Whether it is this batch's turn; the Board then says that it waits no more, and `told` makes that known."""
        words = board.words
        with _gate(self._root.parent / GATE) as held:
            if not held or self._ahead(board) >= words[Header.TURN]:
                return False
            words[Header.TURN] = 0
            board.say("")
            told()
        return True

    def _ahead(self, board: Board) -> int:
        """Batches that are at work, or go before this one."""
        own = -board.words[Header.PRIORITY], self._own.id
        return sum(not each.queued or rank(each) < own for each in self._living())

    def _living(self) -> Iterator[Batch]:
        """The others that are at work here or wait."""
        for name in os.listdir(self._root):
            if name not in self._others and name != self._own.id:
                self._others[name] = _opened(self._root / name)
            batch = self._others.get(name)
            if batch is None:
                continue
            state = batch.state
            if state.over or batch.host:
                self._others[name] = None
            elif (state is State.WAITING or state in AT_WORK) and cores(batch) == self._cores:
                yield batch


def cores(batch: Batch) -> str:
    """What tells whether two batches share cores: the address of a cluster; empty for those of this machine."""
    cluster = batch.info().cluster
    return "" if cluster.startswith("local:") else cluster


def rank(batch: Batch) -> tuple[int, str]:
    """What batches that wait are put in order by."""
    return -batch.priority, batch.id


def places(batches: Iterable[Batch]) -> dict[str, int]:
    """The places in the queue of those that this machine has waiting, from 1, by their ids, for each cluster anew."""
    found, before = dict[str, int](), Counter[str]()
    for batch in sorted((batch for batch in batches if batch.queued and not batch.host), key=rank):
        before[cores(batch)] += 1
        found[batch.id] = before[cores(batch)]
    return found


def _opened(path: Path) -> Batch | None:
    try:
        return Batch(open_folder(path))
    except BatchError:
        return None


@contextlib.contextmanager
def _gate(path: Path) -> Iterator[bool]:
    """Holds the lock inside; False when another holds it. A disk without locks keeps nobody waiting."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        held = True
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = False
        except OSError:
            pass
        yield held
    finally:
        os.close(file)
