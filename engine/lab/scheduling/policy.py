"""The declaration of a queue's rule: whose turn it is and for how long, as a frozen value. It runs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that could be worked on."""

    arrival: float
    """Seconds since the begin, as all times here."""
    left: float
    """Seconds of work that are not done yet, as far as one can tell from its size."""
    last: float
    """When it was last worked on, or its arrival."""


Key = Callable[[Waiting, float], float]
"""Of a job and the time now: the least is next; of equals the one that came first."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule."""

    name: str
    title: str
    summary: str
    """One line."""
    key: Key
    turn: int | None = None
    """Bands after which a job has to wait again; None for never."""
    helps: bool = False
    """Whether a worker that finds no job waiting does bands of one that another works on."""
    order: int = 50
