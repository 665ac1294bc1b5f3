"""The kind of a picture smoothed under its own guidance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided(OwnKind):
    """The guided filter of each channel by itself: results lie between the picture and its mean."""

    radius: Callable[[Values], int]
    epsilon: Callable[[Values], float]

    def gain(self, values: Values) -> float:
        """A lone pixel deviates by the root of the square's pixels times what the square does, at most."""
        return self.radius(values) + 3.5

    def reach(self, values: Values) -> float:
        """Means of means."""
        return 2.0 * self.radius(values)
