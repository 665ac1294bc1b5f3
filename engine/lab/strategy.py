"""The declaration of a way to run the job, as a frozen value, and what it opens. It knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.lab.job import Job, Step
    from engine.lab.lane import Lane, Moved
    from engine.lab.room import Room


class Team(Protocol):
    """Workers that are there until they are closed; its methods are called from one thread."""

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Who works, in the order of the marks."""

    def load(self, job: Job) -> None:
        """Have a job's bytes where all workers reach them; what they made of another is gone."""

    def run(self, step: Step) -> None:
        """Do one step to all bands; SafelightError when a worker fails."""

    def echo(self, size: int) -> None:
        """Let one worker hand back so many bytes, as it gets its work and gives its results."""

    @property
    def room(self) -> Room:
        """Where the job lies that was loaded last, and what was made of it."""

    def moved(self) -> Moved:
        """What all workers together have sent and got since they are there."""

    def close(self) -> None:
        """Let them go; a second time does nothing."""


Open = Callable[[int, "memoryview | None"], "Team"]
"""Makes a team of so many workers, each of which says in its int64 of the memory which step it is at."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to run the job."""

    name: str
    title: str
    summary: str
    """One line."""
    story: str
    """What happens and why, in paragraphs."""
    code: tuple[str, ...]
    """What ran, as `module:name` of functions, or `module:` and a file beside the module."""
    open: Open
    missing: Callable[[], str] = str
    """A sentence when it cannot run here, else nothing. It is asked before anything is opened."""
    shared_lock: bool = True
    """Whether all its workers are threads under one GIL."""
    most: int | None = None
    """Workers that it can have at most."""
    order: int = 50
    """Where it stands among the others: the simple first."""

    def workers(self, wanted: int) -> int:
        """How many it gets when so many are wanted."""
        return min(wanted, self.most or wanted)
