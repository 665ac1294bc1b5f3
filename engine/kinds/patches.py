"""The kind of averages of pixels whose surroundings look alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Values

NARROWEST = 1e-6
"""A strength below this counts as this: its square is still a float32 number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patches(OwnKind):
    """Non-local means: `patch` and `search` are radii in pixels, `strength` a difference in parts of full scale."""

    patch: Callable[[Values], int]
    search: Callable[[Values], int]
    strength: Callable[[Values], float]

    def reach(self, values: Values) -> float:
        """The farthest pixel's surroundings."""
        return float(self.patch(values) + self.search(values))
