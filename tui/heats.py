"""What each strategy of the laboratory did so far, in lanes and figures, as frozen values. It measures nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class State(NamedTuple):
    """What a worker can do, in the order of `engine.lab.watching.timeline.Kind`."""

    letter: str
    title: str


STATES = (
    State("R", "runs"),
    State("G", "waits for the GIL"),
    State("I", "input or time"),
    State("C", "no free core"),
    State("·", "idle"),
)


class Stand(StrEnum):
    """How far a strategy is."""

    WAITS = "waits"
    RUNS = "runs"
    DONE = "done"
    MISSING = "not here"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Piece:
    """The begin of a step."""

    title: str
    lanes: tuple[str, ...]
    """For each worker the letter of its state in each cell; shorter where time has not come so far."""
    verdict: str = ""
    """How the workers shared the step."""
    speed_up: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of a step."""

    step: str
    speed_up: tuple[float, float, float]
    """Against one worker of the same strategy: median, least, greatest."""
    rate: str
    reason: str
    """In one sentence."""


@dataclass(frozen=True, slots=True)
class Heat:
    """One strategy in a race."""

    name: str
    title: str
    summary: str
    stand: Stand = Stand.WAITS
    rounds: int = 0
    """Runs that are over."""
    pieces: tuple[Piece, ...] = ()
    results: tuple[Result, ...] = ()
    """For each step, once all is over."""
    costs: str = ""
    """CPU time, bytes that were serialised, start-up, memory."""
    problem: str = ""
    """A sentence where there is no result."""


@dataclass(frozen=True, slots=True)
class Race:
    """All of them, as they were told to run."""

    heats: tuple[Heat, ...]
    runs: int
    """Of each."""
    workers: int
    over: bool = False
    problem: str = ""
    """Why nothing could be run."""


@dataclass(frozen=True, slots=True)
class Page:
    """What happens in a strategy and why, with the code that ran."""

    title: str
    paragraphs: tuple[str, ...]
    problem: str
    """Why it cannot run here, if so."""
    code: tuple[tuple[str, str, str], ...]
    """Where it stands, its language, its text."""
