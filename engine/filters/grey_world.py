"""Grey world: white balance for a picture whose colours, all in all, are as if they were grey."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Values
from engine.kinds.measured import Measured
from engine.parameters import Slider

MOST = 8.0
"""A channel is made at most so many times as strong or as weak: a picture without red cannot get any."""


def scale(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Each colour times a number of its own."""
    red, green, blue = colours
    return red * constants[0], green * constants[1], blue * constants[2]


def constants(values: Values, statistics: Floats) -> Constants:
    """The three numbers."""
    means = statistics[:, 0]
    if means.min() == means.max():
        return 1.0, 1.0, 1.0
    gains = np.clip(means.mean() / np.maximum(means, means.mean() / MOST), 1.0 / MOST, MOST)
    return tuple(float(each) for each in 1.0 + values["amount"] * (gains - 1.0))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1 + amount (m / m_c - 1) times each channel, m_c being its mean and m that of all three (Buchsbaum, 1980).

    m / m_c is limited to 1/8..8. Means are of linear light limited to 0..1, without transparent pixels. G. Buchsbaum,
    "A spatial processor model for object colour perception", Journal of the Franklin Institute 310.
    """
    seen = colour.reshape(-1, colour.shape[2]) if alpha is None else colour[alpha > 0.0]
    if seen.size == 0:
        return colour, alpha
    means = np.nanmean(np.clip(seen, 0.0, 1.0), axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.clip(means.mean() / means, 1.0 / 8.0, 8.0)
    gains = np.where(means.mean() > 0.0, ratios, 1.0)
    return colour * (1.0 + values["amount"] * (gains - 1.0)), alpha


FILTER = Filter(
    name="grey-world",
    group="colour",
    help="Takes a colour cast out, as if all colours together made grey. It suits scenes without one colour all over.",
    light="linear",
    kind=Measured(
        gathers="means",
        function=scale,
        constants=constants,
        limits=lambda values, low, high: (min(low, MOST * low), max(high, MOST * high)),
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=1.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="0 changes nothing, 1 makes the means of the three channels equal.",
        ),
    ),
    neutral={"amount": 0.0},
    example="grey-world:amount=0.8",
)
