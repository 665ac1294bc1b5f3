"""Gaussian blur."""

from __future__ import annotations

import math

import numpy as np

from engine.filter import Constants, Filter, Floats, Separable, Values, Window
from engine.parameters import Slider

SIGMAS = 8.5
"""How far a Gaussian's weights count at all."""


def taps(values: Values, tail: float) -> Constants:
    """The weights of the filter."""
    return sampled(values["sigma"], tail)


def sampled(sigma: float, tail: float) -> Constants:
    """A sampled Gaussian whose weights add up to 1, from the centre outwards, as far as the tail asks for."""
    sigma = max(sigma, 1e-3)
    weights = np.exp(-0.5 * (np.arange(math.ceil(SIGMAS * sigma) + 2) / sigma) ** 2)
    # Each direction leaves out half of the tail, on two sides.
    beyond = np.cumsum(weights[:0:-1])[::-1]
    share = tail * (weights[0] + 2.0 * beyond[0]) / 4.0
    kept = weights[: max(2, 1 + int(np.count_nonzero(beyond > share)))]
    return tuple(kept / (kept[0] + 2.0 * kept[1:].sum()))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's float64 Gaussian to 8 sigma with replicated borders; colour weighted by alpha where there is one."""
    from scipy.ndimage import gaussian_filter

    def blur(planes: Floats) -> Floats:
        blurred: Floats = gaussian_filter(planes, values["sigma"], mode="nearest", truncate=8.0, axes=(0, 1))
        return blurred

    if alpha is None:
        return blur(colour), None
    weight = blur(alpha)[..., np.newaxis]
    averaged = blur(colour * alpha[..., np.newaxis]) / np.where(weight > 0.0, weight, 1.0)
    return np.where(weight > 0.0, averaged, colour), weight[..., 0]


FILTER = Filter(
    name="gaussian-blur",
    group="blur and sharpen",
    help="Blurs the picture evenly, as a soft lens does. Detail smaller than sigma disappears.",
    light="linear",
    kind=Window(step=Separable(taps=taps, sigma=lambda values: values["sigma"]), alpha="premultiplied"),
    oracle=oracle,
    parameters=(
        Slider(
            name="sigma",
            default=2.0,
            low=0.0,
            high=100.0,
            control=(0.0, 20.0),
            step=0.5,
            unit="px",
            help="The Gaussian's standard deviation.",
        ),
    ),
    neutral={"sigma": 0.0},
    example="gaussian-blur:sigma=3",
)
