"""The kind of a picture with little total variation that is still like the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Values

LIGHTEST = 1e-15
"""A weight below this counts as this: what it divides is still a float32 number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation(OwnKind):
    """Chambolle's iteration: `weight` is how much variation counts, in parts of full scale."""

    weight: Callable[[Values], float]
    iterations: Callable[[Values], int]

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:
        """Four differences are taken away, none larger than the weight times the root of three colours."""
        beyond = 4.0 * 3.0**0.5 * self.weight(values)
        return low - beyond, high + beyond

    def reach(self, values: Values) -> float:
        """A pixel in each iteration."""
        return float(self.iterations(values))
