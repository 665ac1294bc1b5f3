"""Red and blue magnified against green about the middle of the picture, as a lens does or to undo that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind
from engine.kinds.warp import OVERSHOOT

if TYPE_CHECKING:
    from engine.filter import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Fringes(OwnKind):
    """Read by Keys' cubic with a = -1/2, weighted by alpha; edges go on. Green and alpha stay, and grey pictures do."""

    magnified: Callable[[Values], tuple[float, float]]
    """How many times as large red and blue become."""

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - whatever it is
        """Bicubic weights overshoot."""
        beyond = OVERSHOOT * (high - low)
        return low - beyond, high + beyond

    def thins(self, values: Values) -> bool:  # noqa: ARG002 - whatever it is
        """Sums of red and blue are divided by one of alpha that may be next to nothing."""
        return True

    def gain(self, values: Values) -> float:  # noqa: ARG002 - whatever it is
        """The sum of the weights' magnitudes."""
        return 1.0 + 2.0 * OVERSHOOT
