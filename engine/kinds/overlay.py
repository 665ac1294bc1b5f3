"""A mark laid over the picture, once or as tiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Size, Values
    from engine.marks import Mark, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay(OwnKind):
    """Porter and Duff's `over`, straight alpha (Compositing digital images, SIGGRAPH 1984).

    Both functions are called where plans are made, once for each.
    """

    mark: Callable[[Values, Size], Mark]
    """Pixels of red, green, blue and straight alpha for a picture of that size, 0 to 255."""
    place: Callable[[Values, Size, Size], Place]
    """Where a mark of the second size lies in a picture of the first."""
    coloured: Callable[[Values], bool]
    """Whether the mark may be anything but grey."""

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - whatever it is
        """A mark holds anything from 0 to 1."""
        return min(low, 0.0), max(high, 1.0)

    def gain(self, values: Values) -> float:  # noqa: ARG002 - whatever it is
        """The picture is seen through the mark at most as it is."""
        return 1.0

    def reach(self, values: Values) -> float:  # noqa: ARG002 - whatever it is
        """Each pixel by itself."""
        return 0.0

    def colours(self, values: Values) -> bool:
        """As the mark has them."""
        return self.coloured(values)
