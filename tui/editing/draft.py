"""Values while they are edited: at any moment such as the step takes. It draws nothing and changes no stack."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import SpecError

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value
    from engine.stack import Stack, Step
    from tui.editing.subject import Subject

Place = tuple[float, float]
"""Shares of a picture's or a plot's sides: across from the left, down from the top."""


class Handle(NamedTuple):
    """Something to take hold of: a point, an edge or a number."""

    name: str
    said: str
    """Its value in words."""
    share: float | None = None
    """Where a number stands between its ends, 0 to 1; None for what is no such number."""
    default: float = 0.0
    """Where it stands by default."""


class Draft(ABC):
    """One thing under edit with its handles, of which one is chosen."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.step: Step = subject.edited
        """The step with the values as they are now."""
        self.chosen = 0
        self.refusal = ""
        """Why the last change was not made, in a sentence; empty where it was."""

    @property
    @abstractmethod
    def handles(self) -> tuple[Handle, ...]:
        """All there are, one at least."""

    @abstractmethod
    def nudge(self, across: int, down: int) -> None:
        """Move the chosen one by so many steps to the right and down; a number grows to the right and up."""

    @abstractmethod
    def field(self) -> tuple[Parameter, Value]:
        """The chosen one as a value that can be typed."""

    @abstractmethod
    def put(self, typed: Value) -> None:
        """Give the chosen one a value that was typed."""

    def choose(self, index: int) -> None:
        """Take another, round the ends."""
        self.chosen = index % len(self.handles)

    def slide(self, index: int, share: float) -> None:  # noqa: B027 - not all have numbers
        """Put a number at a share of the way between its ends."""

    def reset(self) -> None:
        """All values as the filter declares them."""
        self.take({name: self._default(name) for name in self.subject.names})

    def take(self, values: Mapping[str, Value]) -> bool:
        """Have other values, where the step takes them; whether it does."""
        try:
            self.step, self.refusal = self.step.with_values(values), ""
        except SpecError as error:
            self.refusal = str(error)
            return False
        self.chosen = min(self.chosen, len(self.handles) - 1)
        return True

    def restore(self, step: Step) -> None:
        """Have the values of a step that was."""
        self.take(step.given | {name: step.given.get(name, self._default(name)) for name in self.subject.names})

    def value(self, name: str) -> Value:
        """What it is now."""
        return self.step.given.get(name, self._default(name))

    @property
    def values(self) -> dict[str, Value]:
        """Those that are edited."""
        return {name: self.value(name) for name in self.subject.names}

    def shown(self) -> Stack:
        """The stack that a person should see meanwhile."""
        return self.subject.stack.put(self.subject.step, self.step)

    def _default(self, name: str) -> Value:
        return self.subject.parameter(name).default


def limited(value: float, low: float, high: float) -> float:
    """The nearest number from low to high."""
    return min(max(value, low), high)
