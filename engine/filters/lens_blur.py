"""Lens blur: each point of light becomes a disc."""

from __future__ import annotations

import math

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.convolution import Convolution
from engine.parameters import Slider


def disc(values: Values) -> Floats:
    """Even light in a disc; pixels on its edge count by how far they lie in it. The weights add up to 1."""
    radius = values["radius"]
    reach = max(0, math.ceil(radius + 0.5) - 1)
    down, right = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    weights = np.clip(radius + 0.5 - np.sqrt(down**2 + right**2), 0.0, 1.0)
    weights[reach, reach] = max(weights[reach, reach], 0.5)
    return weights / weights.sum()  # type: ignore[no-any-return]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The mean, borders replicated, of pixels that weigh min(1, radius + 1/2 - distance), none less than 0.

    Distances are those of pixels' centres; colour is weighted by alpha where there is one.
    """
    from scipy.ndimage import correlate

    side = 2 * math.ceil(values["radius"]) + 3
    distance = np.hypot(*(np.indices((side, side)) - side // 2))
    weights = np.maximum(np.minimum(1.0, values["radius"] + 0.5 - distance), 0.0)[..., np.newaxis]

    def mean(planes: Floats) -> Floats:
        summed: Floats = correlate(planes, weights, mode="nearest")
        averaged: Floats = summed / weights.sum()
        return averaged

    if alpha is None:
        return mean(colour), None
    weight = mean(alpha[..., np.newaxis])
    averaged = mean(colour * alpha[..., np.newaxis]) / np.where(weight > 0.0, weight, 1.0)
    return np.where(weight > 0.0, averaged, colour), weight[..., 0]


FILTER = Filter(
    name="lens-blur",
    group="blur and sharpen",
    help="Blurs the picture as a lens does that is out of focus. Bright points become discs with clear edges.",
    light="linear",
    kind=Convolution(weights=disc),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=8.0,
            low=0.0,
            high=50.0,
            control=(0.0, 30.0),
            step=0.5,
            unit="px",
            help="The radius of the disc that a point of light becomes.",
        ),
    ),
    neutral={"radius": 0.0},
    example="lens-blur:radius=6",
)
