"""Which worker does which files, and what becomes of them when it is lost. Pure: no clock, no network.

A file that is lost with its worker is given again, alone on another one; lost with that one too, it is set aside.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

TRIES = 2
"""Workers that may be lost with a file before it is set aside."""
CHUNK_SECONDS = 0.5
"""What one task of the cluster takes a thread, about: long against what the scheduler takes for it."""
TASKS_PER_SECOND = 200
"""Of all workers together: a tenth of what the scheduler can do, measured (docs/scale.md)."""
LONGEST = 64
"""Files of one task at most: what is lost with a worker is done again one by one."""
SMOOTHING = 0.2
"""The weight of the newest file in what a file is taken to last."""


@dataclass(slots=True)
class Hand:
    """What one worker has."""

    threads: int
    files: set[int] = field(default_factory=set)
    """Given, and nothing told of them yet."""
    chunks: int = 0
    """Tasks that it has not taken up whole."""
    alone: bool = False
    """Whether its one file was lost with another worker before."""


class Dealing:
    """The files of one batch. For one thread."""

    def __init__(self, total: int) -> None:
        self._next, self._total = 0, total
        self._back: deque[int] = deque()
        """Given back unharmed."""
        self._suspects: deque[int] = deque()
        self._over = bytearray(total)
        self._tries: Counter[int] = Counter()
        self._given_before: set[int] = set()
        self._hands: dict[str, Hand] = {}
        self._clearing: set[str] = set()
        """Workers that get nothing more until they have done what they have: for a suspect each."""
        self._seconds = 0.0
        self._threads = 0
        self.left = total

    def join(self, worker: str, threads: int) -> None:
        """A worker is ready."""
        self._hands[worker] = Hand(threads)
        self._threads += threads

    def leave(self, worker: str, *, killed: bool) -> tuple[list[int], list[int]]:
        """A worker is gone: the files that were lost with it, and those of them that are set aside from now on."""
        hand = self._hands.pop(worker, None)
        self._clearing.discard(worker)
        if hand is None:
            return [], []
        self._threads -= hand.threads
        lost = sorted(hand.files)
        self._given_before.update(lost)
        if not killed:
            self._back.extend(lost)
            return lost, []
        self._tries.update(lost)
        aside = [index for index in lost if self._tries[index] >= TRIES]
        self._suspects.extend(index for index in lost if self._tries[index] < TRIES)
        return lost, aside

    def deal(self, worker: str) -> tuple[int, ...]:
        """Files for its next task; none while it has enough, or when there are none."""
        hand = self._hands.get(worker)
        # As much in reserve as its threads will take up at once, and one task at least.
        if hand is None or hand.alone or hand.chunks > max(1, hand.threads // self._size()):
            return ()
        if self._suspects:
            if not hand.files and not hand.chunks:
                return self._suspect(worker, hand)
            if len(self._clearing) < len(self._suspects):
                self._clearing.add(worker)
            if worker in self._clearing:
                return ()
        chunk = tuple(self._taken(self._size()))
        hand.files.update(chunk)
        hand.chunks += bool(chunk)
        return chunk

    def taken_up(self, worker: str) -> None:
        """Its threads have begun the last file of a task."""
        if worker in self._hands:
            self._hands[worker].chunks -= 1

    def over(self, worker: str, index: int, seconds: float = 0.0) -> bool:
        """A file is over, after so many seconds; False when it was before."""
        if worker in self._hands:
            hand = self._hands[worker]
            hand.files.discard(index)
            hand.alone = hand.alone and bool(hand.files)
        if self._over[index]:
            return False
        self._over[index] = 1
        self.left -= 1
        if seconds > 0:
            self._seconds += (seconds - self._seconds) * (SMOOTHING if self._seconds else 1.0)
        return True

    def given_before(self, index: int) -> bool:
        """Whether another worker may have made it already, and nobody heard of it."""
        return index in self._given_before

    @property
    def workers(self) -> tuple[str, ...]:
        """Those that are ready."""
        return tuple(self._hands)

    def _suspect(self, worker: str, hand: Hand) -> tuple[int, ...]:
        self._clearing.discard(worker)
        index = self._suspects.popleft()
        hand.files.add(index)
        hand.alone, hand.chunks = True, 1
        return (index,)

    def _size(self) -> int:
        """Files of a task: about as many as take CHUNK_SECONDS, more where there are so many threads that the scheduler
        would have more than it likes, fewer when few are left for all workers.
        """
        lasts = max(CHUNK_SECONDS, self._threads / TASKS_PER_SECOND)
        wanted = int(lasts / self._seconds) if self._seconds else 1
        waiting = self._total - self._next + len(self._back)
        return max(1, min(wanted, LONGEST, waiting // (3 * max(len(self._hands), 1))))

    def _taken(self, most: int) -> list[int]:
        found: list[int] = []
        while len(found) < most and self._back:
            found.append(self._back.popleft())
        more = range(self._next, min(self._next + most - len(found), self._total))
        self._next = more.stop if more else self._next
        return [*found, *more]
