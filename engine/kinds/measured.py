"""Filters whose numbers come from the whole picture, which is measured first: what is gathered, what follows from it.

Tones are counted in CLASSES between 0 and 1. Class k holds the code k of 16 bits, and class 257 k the code k of 8 bits,
well away from where it ends, so that codes are told apart exactly. Samples below 0 count as 0, those above 1 as 1;
pixels that are fully transparent and samples that are no number do not count at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from engine.kinds import OwnKind

if TYPE_CHECKING:
    from engine.filter import Colours, Constants, Floats, Values

CLASSES = 65536
FINE, HALVES, WITHIN = 2.0**24, 2.0**7, 2.0**8
"""A tone x is in class (floor(FINE x) - floor(HALVES x)) // WITHIN, which float32 tells exactly."""
LUMA = (54, 183, 19)
"""Weights of R, G, B in parts of 256, near those of Rec. 709: whole numbers, so that the class of a luma is exact."""
Gathered = Literal["tones", "luma", "means"]


def classes_of(tones: Floats) -> Floats:
    """The classes, as whole numbers; NaN stays."""
    limited = np.clip(tones, 0.0, 1.0)
    return np.asarray((np.floor(limited * FINE) - np.floor(limited * HALVES)) // WITHIN)


def unmeasured(values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG001 - for those that scale
    """What the result's values may be where a filter keeps them between black and white, or leaves them."""
    return min(low, 0.0), max(high, 1.0)


@dataclass(frozen=True, kw_only=True)
class Measured(OwnKind):
    """`function(colours, place, constants)` as a Pixel has it, with `constants(values, statistics)` of the picture.

    The statistics are float64, a row for each of R, G and B (three equal ones of a grey picture). `tones`: 3 x CLASSES
    counts; `means`: 3 x 1 means of samples limited to 0..1, 0 where nothing counts. `luma`: 1 x CLASSES counts of
    pixels by (54 r + 183 g + 19 b) // 256, of the classes that their samples are in.
    """

    gathers: Gathered
    function: Callable[[Colours, tuple[Any, Any, Any, Any], Constants], Colours]
    constants: Callable[[Values, Floats], Constants]
    """At most sixteen."""
    limits: Callable[[Values, float, float], tuple[float, float]] = unmeasured
    """The lowest and the highest value of the result."""

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:
        """The lowest and the highest value of the result, where those of the picture are `low` and `high`."""
        return self.limits(values, low, high)


@dataclass(frozen=True, kw_only=True)
class Tabled(OwnKind):
    """A table for the classes of each channel: `table(values, statistics)` is 3 x CLASSES of results, from 0 to 1."""

    gathers: Gathered
    table: Callable[[Values, Floats], Floats]

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - whatever it was
        """The lowest and the highest value of the result."""
        return 0.0, 1.0
