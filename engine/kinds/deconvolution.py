"""The kind of a blur undone, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Constants, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Deconvolution(OwnKind):
    """Richardson and Lucy's iteration; `taps(values)` are the blur's weights along a line, the centre's first."""

    taps: Callable[[Values], Constants]
    iterations: Callable[[Values], int]

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:
        """All the light within the blur's reach may come from one pixel."""
        return min(low, 0.0), max(high, 0.0) * (2.0 * len(self.taps(values)) - 1.0) ** 2

    def reach(self, values: Values) -> float:
        """Two blurs in each iteration."""
        return 2.0 * self.iterations(values) * (len(self.taps(values)) - 1)
