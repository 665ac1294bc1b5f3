"""Geometry by inverse mapping: where in the picture each pixel of the result is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Constants, Size, Values

Place = tuple[Any, Any]
Frame = tuple[Any, Any, Any, Any]
"""Width and height of the picture, then of the result."""
Beyond = Literal["edge", "transparent", "black", "white"]
OVERSHOOT = 0.28125
"""Of a span, beyond each of its ends: the magnitudes of bicubic weights add up to 1.25 at most along each axis."""


def same_size(_values: Values, size: Size) -> Size:
    """For what leaves the picture's size as it is."""
    return size


def no_turn(_values: Values) -> int | None:
    """For what turns nothing by quarters."""
    return None


def always_bicubic(_values: Values) -> Literal["bicubic", "bilinear"]:
    """For filters that offer nothing else."""
    return "bicubic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warp(OwnKind):
    """`function((x, y), (width, height, width after, height after), constants)` is where a pixel of the result is read.

    Places are those of pixels' centres, (0.5, 0.5) for the first; they and the constants, sixteen at most, are float64.
    The function is plain Python over `engine.kernels.elementary`. Colours are weighted by alpha. Pixels are read by the
    kernel of the same width wherever they are: where a picture is made smaller, fine patterns are not averaged first.
    """

    function: Callable[[Place, Frame, Constants], Place]
    constants: Callable[[Values, Size], Constants]
    sized: Callable[[Values, Size], Size] = same_size
    kernel: Callable[[Values], Literal["bicubic", "bilinear"]] = always_bicubic
    """Keys' cubic with a = -1/2, or bilinear."""
    beyond: Callable[[Values], Beyond]
    """What continues the picture: its edge pixels, or a plain; transparent is black where there is no alpha."""
    quarters: Callable[[Values], int | None] = no_turn
    """Quarter turns to the right, where it is nothing else: then no pixel is changed."""

    def size(self, values: Values, before: Size) -> Size:
        """As the filter says."""
        return self.sized(values, before)

    def turns(self, values: Values) -> int | None:
        """As the filter says."""
        return self.quarters(values)

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:
        """Bicubic weights overshoot; beyond the border there may be black or white."""
        if self.beyond(values) != "edge":
            low, high = min(low, 0.0), max(high, 1.0)
        beyond = OVERSHOOT * (high - low) if self.kernel(values) == "bicubic" else 0.0
        return low - beyond, high + beyond

    def thins(self, values: Values) -> bool:
        """Bicubic weights do."""
        return self.kernel(values) == "bicubic"

    def gain(self, values: Values) -> float:
        """The sum of the weights' magnitudes."""
        return 1.0 + 2.0 * OVERSHOOT if self.kernel(values) == "bicubic" else 1.0
