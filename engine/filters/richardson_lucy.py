"""Richardson-Lucy: a soft lens undone."""

from __future__ import annotations

import numpy as np

from engine.filter import Constants, Filter, Floats, Values
from engine.kinds.deconvolution import Deconvolution
from engine.parameters import Slider

SIGMAS = 4.0
"""How far the Gaussian reaches."""


def taps(values: Values) -> Constants:
    """The Gaussian as far as it reaches, from the centre outwards; it adds up to 1."""
    places = np.arange(int(SIGMAS * values["sigma"] + 0.5) + 1)
    weights = np.exp(-0.5 * (places / max(values["sigma"], 1e-3)) ** 2)
    return tuple(weights / (weights[0] + 2.0 * weights[1:].sum()))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Richardson 1972 and Lucy 1974 for a Gaussian of 4 sigma, begun with the picture itself, borders replicated.

    x becomes x blur(y / blur(x)) so many times. Each blur weighs pixels by their alpha; alpha stays, and colour does
    where it is 0. What is below black stays as well, and counts as black.
    """
    from scipy.ndimage import gaussian_filter

    opacity = np.ones((*colour.shape[:2], 1)) if alpha is None else alpha[..., np.newaxis]
    seen, light = opacity > 0.0, np.maximum(colour, 0.0)

    def blur(planes: Floats) -> Floats:
        blurred: Floats = gaussian_filter(planes, values["sigma"], mode="nearest", truncate=SIGMAS, axes=(0, 1))
        return blurred

    weight, made = np.where(seen, blur(opacity), 1.0), light
    for _ in range(int(values["iterations"])):
        blurred = blur(opacity * made) / weight
        ratio = np.where(blurred > 0.0, light / np.where(blurred > 0.0, blurred, 1.0), 0.0)
        made = made * blur(opacity * ratio) / weight
    return np.where(seen, made + np.minimum(colour, 0.0), colour), alpha


FILTER = Filter(
    name="richardson-lucy",
    group="blur and sharpen",
    help="Undoes the softness of a lens or a slight lack of focus. "
    "More iterations bring out more detail, and more noise.",
    light="linear",
    kind=Deconvolution(taps=taps, iterations=lambda values: int(values["iterations"])),
    oracle=oracle,
    parameters=(
        Slider(
            name="sigma",
            default=1.0,
            low=0.0,
            high=3.0,
            control=(0.0, 3.0),
            step=0.1,
            unit="px",
            help="How soft the picture is: the standard deviation of its blur.",
        ),
        Slider(
            name="iterations",
            default=8.0,
            low=1.0,
            high=20.0,
            control=(1.0, 20.0),
            step=1.0,
            whole=True,
            help="How often the estimate is made better; the time it takes grows with it.",
        ),
    ),
    neutral={"sigma": 0.0},
    example="richardson-lucy:sigma=1,iterations=5",
)
