"""The kind of few tones whose errors pass on to the pixels that follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.kernels.elementary import floor
from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Constants, Values

WHOLE = 65536
"""What white counts as, and the way from a level to the next: errors are whole parts of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diffusion(OwnKind):
    """Floyd and Steinberg's error diffusion to levels from black to white, evenly spaced."""

    levels: Callable[[Values], int]

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - always the same
        """Black to white."""
        return 0.0, 1.0


def nearest(x: Any, constants: Constants) -> Any:
    """The level that a code was rounded from; of `steps`, 1/2 and 1 / `steps`."""
    return floor(x * constants[0] + constants[1]) * constants[2]
