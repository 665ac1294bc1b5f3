"""Chromatic aberration: coloured fringes towards the corners, taken away or made."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.fringes import Fringes
from engine.parameters import Slider
from engine.sampling import sampled


def magnified(values: Values) -> tuple[float, float]:
    """As parts of the size as it was."""
    return 1.0 + values["red"] / 100.0, 1.0 + values["blue"] / 100.0


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Lensfun's linear model of lateral chromatic aberration: the source's radius is that of the result times a factor.

    The factor is 1 for green; red and blue that become larger are read nearer to the middle.
    """
    if colour.shape[2] == 1:
        return colour, alpha
    height, width = colour.shape[:2]
    rows = (np.arange(height) + 0.5)[:, np.newaxis]
    middle = complex(width, height) / 2.0
    away = np.arange(width) + 0.5 + 1j * rows - middle
    made = colour.copy()
    for channel, percent in ((0, values["red"]), (2, values["blue"])):
        if percent:
            place = middle + away * (100.0 / (100.0 + percent))
            made[..., channel] = sampled(colour, alpha, place.real, place.imag, "bicubic", "edge")[0][..., channel]
    return made, alpha


def larger(name: str, default: float) -> Slider:
    """How much one colour grows."""
    return Slider(
        name=name,
        default=default,
        low=-5.0,
        high=5.0,
        control=(-0.5, 0.5),
        step=0.01,
        unit="%",
        help=f"By how much {name} becomes larger, from the middle of the picture; below 0 smaller.",
    )


FILTER = Filter(
    name="chromatic-aberration",
    group="geometry",
    help="Takes away the red and blue fringes that lenses make towards the corners, by making red and blue a little "
    "larger or smaller than green. Other values make such fringes, for the look of an old lens.",
    light="linear",
    kind=Fringes(magnified=magnified),
    oracle=oracle,
    parameters=(larger("red", 0.1), larger("blue", -0.1)),
    neutral={"red": 0.0, "blue": 0.0},
    example="chromatic-aberration:red=0.4,blue=-0.4",
)
