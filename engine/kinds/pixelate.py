"""Square blocks in place of pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixelate(OwnKind):
    """Each block is the mean of its pixels, colours weighted by alpha; blocks begin in the picture's first corner."""

    side: Callable[[Values], int]
    """Of a block, in pixels."""

    def gain(self, values: Values) -> float:  # noqa: ARG002 - a mean's
        """The sum of the weights."""
        return 1.0

    def reach(self, values: Values) -> float:
        """Across a block."""
        return self.side(values) - 1.0
