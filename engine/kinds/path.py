"""Blurs along the paths that pixels take when the picture turns or grows around a point."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Size, Values

TOGETHER, PASSES = 5, 6
"""Samples that one sweep over the picture takes for each pixel, and sweeps, at most: with 8 and 4 a pixel took more."""


@dataclass(frozen=True, kw_only=True)
class Path(OwnKind):
    """Each pixel is the mean of count ** sweeps points on its path c + (p - c) exp(rate t), t from -1/2 to 1/2.

    Places are complex numbers, x + i y with y downwards, and whole ones are pixels' centres. So a real rate lets the
    picture grow, and an imaginary one turns it clockwise. The points are the middles of equal parts of t. Each of the
    sweeps k = 0, 1, 2 and so on takes the mean of `count` of them, t = ((j + 1/2) / count - 1/2) / count ** k, of what
    the one before it made, interpolated bilinearly with borders replicated, colour weighted by alpha. There are as few
    sweeps of at most TOGETHER points as leave no more than one pixel between points on the longest path, that of the
    farthest corner, or PASSES.
    """

    rate: Callable[[Values], complex]
    """What the path's ends differ by: the logarithm of how much larger, plus i times the angle in radians."""
    centre: Callable[[Values, Size], complex]
    """Where the point lies that stays, in a picture of that height and width."""

    def factors(self, values: Values, size: Size) -> list[NDArray[np.complex128]]:
        """For each sweep exp(rate t) - 1 of its points."""
        rate, centre = self.rate(values), self.centre(values, size)
        count, sweeps = points(rate, centre, size)
        t = (np.arange(count) + 0.5) / count - 0.5
        return [np.expm1(rate * t / count**k) for k in range(sweeps)]


def points(rate: complex, centre: complex, size: Size) -> tuple[int, int]:
    """How many points each sweep takes, and how many sweeps there are."""
    height, width = size
    right, down = max(centre.real, width - 1 - centre.real), max(centre.imag, height - 1 - centre.imag)
    longest = min(max(math.hypot(right, down) * abs(rate), 2.0), float(TOGETHER**PASSES))
    sweeps = next(k for k in range(1, PASSES + 1) if longest <= TOGETHER**k)
    count = next(k for k in range(2, TOGETHER + 1) if longest <= k**sweeps)
    return count, sweeps
