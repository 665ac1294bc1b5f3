"""What each new row or column is made of: weights of those it lies over, as numbers that kernels read."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from math import ceil, gcd
from typing import TYPE_CHECKING

import numpy as np

from engine.plan import Axis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Floats, Resampling, Values
    from engine.operation import Resampled

TOGETHER = 16
"""Rows that columns are made of at a time: as many as `engine.kernels.weighing` has abreast."""
AT_HAND = 256
"""Columns that new ones are made of at a time, about: their rows, turned, stay near the processor."""
KEPT = 8
"""Sides whose weights are remembered: pictures of a batch are often alike, and 24 Mpx cost 6 ms."""
SQUARE = 8
"""Columns that are turned at a time."""


@dataclass(frozen=True, eq=False)
class Weights:
    """New place r is the mean of `counts[r]` old ones from `firsts[r]` on; the rows of `table` add up to 1."""

    before: int
    after: int
    firsts: NDArray[np.int32]
    counts: NDArray[np.int32]
    table: Floats

    @classmethod
    def of(cls, operation: Resampled, before: int, after: int) -> Weights:
        """Of one side of a picture that had `before` pixels and gets `after`."""
        return _made(operation.resampling, tuple(operation.values.items()), before, after)

    @classmethod
    def made(cls, resampling: Resampling, values: Values, before: int, after: int) -> Weights:
        """The same, worked out anew."""
        ratio = before / after
        radius = resampling.radius(values, ratio)
        centres = (np.arange(after) + 0.5) * ratio
        firsts = np.clip(np.floor(centres - radius - 0.5) + 1, 0, before - 1).astype(np.int32)
        ends = np.clip(np.ceil(centres + radius - 0.5), firsts + 1, before).astype(np.int32)
        counts = ends - firsts
        among = np.arange(counts.max())
        distances = firsts[:, np.newaxis] + among + 0.5 - centres[:, np.newaxis]
        table = resampling.weight(values, distances, ratio)
        table = np.where(among < counts[:, np.newaxis], table, 0.0)
        return cls(before, after, firsts, counts, table / table.sum(axis=1, keepdims=True))

    @property
    def nothing(self) -> bool:
        """Whether everything stays as it is."""
        return self.before == self.after

    @property
    def halves(self) -> bool:
        """Whether every new place is the mean of two that no other has a part of."""
        return self.before == 2 * self.after and bool((self.counts == 2).all() and (self.table == 0.5).all())

    @property
    def axis(self) -> Axis:
        """The new places over the old ones."""
        common = gcd(self.before, self.after)
        return Axis(self.after, 0, self.before // common, self.after // common)

    @functools.cached_property
    def reach(self) -> int:
        """How far old places are from the one that the axis says a new one lies over, at most."""
        under = np.arange(self.after) * self.before // self.after
        return int(max((under - self.firsts).max(), (self.firsts + self.counts - 1 - under).max()))

    def most_under(self, places: int) -> int:
        """Old places that so many neighbouring new ones are made of, at most."""
        last = np.minimum(np.arange(self.after) + places, self.after) - 1
        return int((self.firsts[last] + self.counts[last] - self.firsts).max())

    def packed(self, scale: float, at_a_time: int = 0) -> NDArray[np.float32]:
        """As `engine.kernels.weighing` reads them; whole numbers are dressed as float32."""
        head = np.array([*self.table.shape, at_a_time], np.int32)
        whole = np.concatenate([head, self.firsts, self.counts]).view(np.float32)
        return np.concatenate([whole, (self.table * scale).astype(np.float32).ravel()])


@functools.lru_cache(maxsize=KEPT)
def _made(resampling: Resampling, values: tuple[tuple[str, float], ...], before: int, after: int) -> Weights:
    return Weights.made(resampling, dict(values), before, after)


def columns_at_a_time(weights: Weights) -> int:
    """So many that few columns are turned twice."""
    return min(64, max(8, ceil(AT_HAND * weights.after / weights.before)))


def scratch_for_columns(weights: Weights, at_a_time: int, channels: int) -> int:
    """Bytes for the columns under so many new ones, and for those, of pixels of so many samples."""
    return 4 * TOGETHER * channels * (weights.most_under(at_a_time) + SQUARE + at_a_time)
