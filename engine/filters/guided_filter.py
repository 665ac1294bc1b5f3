"""Guided filter: smooths what varies little and keeps what varies much."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.guided import Guided
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """He, Sun and Tang 2013 with each channel as its own guide, borders replicated; means are weighted by alpha.

    In each square a = variance / (variance + epsilon) and b = (1 - a) mean; the result is mean(a) colour + mean(b).
    Alpha stays, and colour does where alpha is 0.
    """
    from scipy.ndimage import uniform_filter

    side = 2 * int(values["radius"]) + 1
    opacity = np.ones((*colour.shape[:2], 1)) if alpha is None else alpha[..., np.newaxis]

    def sums(planes: Floats) -> Floats:
        averaged: Floats = uniform_filter(planes, size=side, mode="nearest", axes=(0, 1))
        return averaged

    weight = sums(opacity)
    # Running sums leave a little where there was nothing.
    there = weight > 1e-12
    weight = np.where(there, weight, 1.0)
    mean = sums(opacity * colour) / weight
    variance = np.maximum(sums(opacity * colour**2) / weight - mean**2, 0.0)
    slope = np.where(there, variance / (variance + values["epsilon"]), 0.0)
    result = (sums(opacity * slope) * colour + sums(opacity * (1.0 - slope) * mean)) / weight
    return np.where(opacity > 0.0, result, colour), alpha


FILTER = Filter(
    name="guided-filter",
    group="noise",
    help="Smooths even areas and keeps edges, without the halos of other blurs. Each channel is its own guide.",
    light="encoded",
    kind=Guided(radius=lambda values: int(values["radius"]), epsilon=lambda values: values["epsilon"]),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=8.0,
            low=1.0,
            high=64.0,
            control=(1.0, 32.0),
            step=1.0,
            unit="px",
            whole=True,
            help="Squares are 2 radius + 1 pixels wide; the result depends on twice as many.",
        ),
        Slider(
            name="epsilon",
            default=0.01,
            low=0.0,
            high=1.0,
            control=(0.0, 0.1),
            step=0.001,
            help="How much a square may vary to be smoothed: the square of a contrast in parts of full scale.",
        ),
    ),
    neutral={"epsilon": 0.0},
    example="guided-filter:radius=6,epsilon=0.01",
)
