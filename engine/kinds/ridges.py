"""Thin lines along the ridges of a slope, followed from where it is steep to where it is less so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridges(OwnKind):
    """White where the first colour's slope is no less than on both sides across it, else black; alpha stays.

    A pixel is on a line if its slope is at least the lower threshold, and its line has one of at least the higher.
    Slopes are Sobel's, 1 for an edge from black to white.
    """

    thresholds: Callable[[Values], tuple[float, float]]
    """The lower one, then the higher."""

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - whatever it was
        """The lowest and the highest value of the result."""
        return 0.0, 1.0
