"""Unsharp mask: the difference from a blurred copy, added."""

from __future__ import annotations

import numpy as np

from engine.filter import Combine, Constants, Filter, Floats, Separable, Values, Window
from engine.filters import gaussian_blur
from engine.kernels.elementary import clip
from engine.parameters import Slider


def taps(values: Values, tail: float) -> Constants:
    """A Gaussian whose sigma is the radius."""
    return gaussian_blur.sampled(values["radius"], tail)


def sharpen(blurred: Floats, source: Floats, constants: Constants) -> Floats:
    """Add the part of the difference that lies beyond the threshold."""
    amount, threshold, below = constants[0], constants[1], constants[2]
    difference = source - blurred
    return source + amount * (difference - clip(difference, below, threshold))  # type: ignore[no-any-return]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + amount sign(d) max(|d| - threshold, 0) with d = c - blurred; alpha stays."""
    blurred, _ = gaussian_blur.oracle(colour, alpha, {"sigma": values["radius"]})
    difference = colour - blurred
    beyond = np.sign(difference) * np.maximum(np.abs(difference) - values["threshold"], 0.0)
    return colour + values["amount"] * beyond, alpha


FILTER = Filter(
    name="unsharp-mask",
    group="blur and sharpen",
    help="Sharpens by adding what a blurred copy lacks. A threshold keeps noise and skin as they are.",
    light="encoded",
    kind=Window(
        step=Separable(taps=taps, sigma=lambda values: values["radius"]),
        alpha="premultiplied",
        combine=Combine(
            function=sharpen,
            gain=lambda values: values["amount"],
            constants=lambda values: (values["amount"], values["threshold"], -values["threshold"]),
            sharpens=lambda values: (values["amount"], values["threshold"]),
        ),
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=1.0,
            low=0.0,
            high=100.0,
            control=(0.0, 10.0),
            step=0.1,
            unit="px",
            help="The sigma of the Gaussian: the size of the detail that is sharpened.",
        ),
        Slider(
            name="amount",
            default=0.8,
            low=0.0,
            high=10.0,
            control=(0.0, 3.0),
            step=0.05,
            help="How much of the difference is added.",
        ),
        Slider(
            name="threshold",
            default=0.0,
            low=0.0,
            high=1.0,
            control=(0.0, 0.2),
            step=0.005,
            help="Differences up to this part of full scale are left alone; larger ones lose as much.",
        ),
    ),
    neutral={"amount": 0.0},
    example="unsharp-mask:radius=1,amount=0.8",
)
