"""Wavelet denoise: small differences taken away at each size of detail."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.wavelet import Wavelet
from engine.parameters import Slider

SHARES = (0.8908, 0.2007, 0.0855, 0.0413, 0.0206)
"""The standard deviation that white noise of 1 has at each size of detail (Starck and Murtagh 2002)."""


def thresholds(values: Values) -> tuple[float, ...]:
    """What differences lose at each size of detail, finest first, in parts of full scale."""
    return tuple(values["strength"] * values["sigma"] * share for share in SHARES[: int(values["levels"])])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The a-trous transform with the B3 spline (Starck and Murtagh 2002), soft thresholds (Donoho 1995), borders
    replicated.

    Each smoothing weighs pixels by their alpha. Alpha stays, and colour does where alpha is 0.
    """
    from scipy.ndimage import convolve1d

    opacity = np.ones(colour.shape[:2]) if alpha is None else alpha
    seen, smooth, details = (opacity > 0.0)[..., np.newaxis], colour, np.zeros_like(colour)
    for level, share in enumerate(SHARES[: int(values["levels"])]):
        taps = np.zeros(4 * 2**level + 1)
        taps[:: 2**level] = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0

        def blur(planes: Floats, taps: Floats = taps) -> Floats:
            down: Floats = convolve1d(planes, taps, axis=0, mode="nearest")
            return np.asarray(convolve1d(down, taps, axis=1, mode="nearest"))

        weight = np.where(seen, blur(opacity)[..., np.newaxis], 1.0)
        smoother = np.where(seen, blur(smooth * opacity[..., np.newaxis]) / weight, smooth)
        difference, threshold = smooth - smoother, values["strength"] * values["sigma"] * share
        details += np.sign(difference) * np.maximum(np.abs(difference) - threshold, 0.0)
        smooth = smoother
    return smooth + details, alpha


FILTER = Filter(
    name="wavelet-denoise",
    group="noise",
    help="Takes noise away from fine and coarse detail at once. Small differences go, larger ones stay nearly whole.",
    light="encoded",
    kind=Wavelet(thresholds=thresholds),
    oracle=oracle,
    parameters=(
        Slider(
            name="sigma",
            default=0.02,
            low=0.0,
            high=1.0,
            control=(0.0, 0.1),
            step=0.005,
            help="How strong the noise is: its standard deviation, in parts of full scale.",
        ),
        Slider(
            name="strength",
            default=1.5,
            low=0.0,
            high=10.0,
            control=(0.0, 5.0),
            step=0.1,
            help="How many times the noise's share of each size of detail is taken away.",
        ),
        Slider(
            name="levels",
            default=4.0,
            low=1.0,
            high=5.0,
            control=(1.0, 5.0),
            step=1.0,
            whole=True,
            help="Sizes of detail that are cleaned, each twice the one before: 4 reach 30 pixels far.",
        ),
    ),
    neutral={"sigma": 0.0},
    example="wavelet-denoise:sigma=0.05",
)
