"""The picture with a border around it; its own pixels stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Size, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas(OwnKind):
    """A border as wide on every side."""

    width: Callable[[Values, Size], int]
    """In pixels."""
    pixel: Callable[[Values, int], tuple[float, ...] | None]
    """The border's samples in a picture of so many channels, full scale 1; None: the picture's edges go on."""

    def size(self, values: Values, before: Size) -> Size:
        """Larger by twice the width."""
        more = 2 * self.width(values, before)
        return before[0] + more, before[1] + more

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - whatever it is
        """The border's samples may be anything from 0 to 1."""
        return min(low, 0.0), max(high, 1.0)

    def gain(self, values: Values) -> float:  # noqa: ARG002 - whatever it is
        """Nothing is computed."""
        return 1.0
