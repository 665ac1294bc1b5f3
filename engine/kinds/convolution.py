"""Convolutions with any small kernel: weighted sums of a pixel's neighbours, borders replicated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Floats, Values


@dataclass(frozen=True, kw_only=True)
class Convolution(OwnKind):
    """Each colour is offset + the sum of weights[dy, dx] times its neighbour at (dy, dx), the middle being (0, 0).

    Rows count downwards and the kernel is not turned, as people write it. Where no weight is below 0 it is an average:
    colours count by alpha and alpha is averaged too, both as if the weights added up to 1; the colour is then
    multiplied by what they add up to, and stays where nothing is to be seen. Else alpha stays and has no say.
    """

    weights: Callable[[Values], Floats]
    """Odd numbers of rows and of columns."""
    offset: Callable[[Values], float] = lambda _: 0.0
    """In parts of full scale."""

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:
        """The sums of what can be lowest and of what can be highest."""
        weights, offset = self.weights(values), self.offset(values)
        above, below = float(weights.clip(min=0.0).sum()), float(weights.clip(max=0.0).sum())
        return above * low + below * high + offset, above * high + below * low + offset

    def gain(self, values: Values) -> float:
        """The sum of the weights' magnitudes."""
        return float(np.abs(self.weights(values)).sum())

    def reach(self, values: Values) -> float:
        """To the farthest row or column with a weight."""
        return reach_of(self.weights(values))


def reach_of(weights: Floats) -> int:
    """Rows or columns from the middle to the farthest weight that is not 0."""
    middle = np.array(weights.shape)[:, np.newaxis] // 2
    return int(np.abs(np.array(np.nonzero(weights)) - middle).max(initial=0))
