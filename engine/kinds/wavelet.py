"""The kind of a picture taken apart by size of detail, with small differences left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Wavelet(OwnKind):
    """The a-trous transform with the B3 spline: `thresholds(values)` is what differences lose, finest detail first."""

    thresholds: Callable[[Values], tuple[float, ...]]

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:
        """What is taken from all sizes of detail may add up."""
        beyond = sum(self.thresholds(values))
        return low - beyond, high + beyond

    def gain(self, values: Values) -> float:
        """Each size of detail is the difference of two averages."""
        return 1.0 + 2.0 * len(self.thresholds(values))

    def reach(self, values: Values) -> float:
        """The spline reaches two places, which lie twice as far apart for each size of detail."""
        return float(2 * (2 ** len(self.thresholds(values)) - 1))
