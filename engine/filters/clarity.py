"""Clarity: local contrast of the midtones."""

from __future__ import annotations

import numpy as np

from engine.filter import Combine, Constants, Filter, Floats, Separable, Values, Window
from engine.filters import gaussian_blur, unsharp_mask
from engine.kernels.elementary import clip
from engine.parameters import Slider

STEEPEST = 2.5
"""The difference counts once and the midtones' weight rises four times as fast as tones: of an error, five parts."""


def lift(blurred: Floats, source: Floats, constants: Constants) -> Floats:
    """Add the difference from the surroundings, most of it in the midtones."""
    zero, one = constants[1], constants[2]
    tone = clip(source, zero, one)
    return source + constants[0] * tone * (one - tone) * (source - blurred)  # type: ignore[no-any-return]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + amount 4 t (1 - t) (c - blurred), t being c limited to 0..1; alpha stays."""
    blurred, _ = gaussian_blur.oracle(colour, alpha, {"sigma": values["radius"]})
    midtones = 1.0 - (2.0 * np.clip(colour, 0.0, 1.0) - 1.0) ** 2
    return colour + values["amount"] * midtones * (colour - blurred), alpha


FILTER = Filter(
    name="clarity",
    group="blur and sharpen",
    help="Brings out texture and shape in the midtones, as a polariser does. Below zero it makes skin and haze softer.",
    light="encoded",
    kind=Window(
        step=Separable(taps=unsharp_mask.taps, sigma=lambda values: values["radius"]),
        alpha="premultiplied",
        combine=Combine(
            function=lift,
            gain=lambda values: STEEPEST * abs(values["amount"]),
            constants=lambda values: (4.0 * values["amount"], 0.0, 1.0),
        ),
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.4,
            low=-1.0,
            high=4.0,
            control=(-1.0, 2.0),
            step=0.05,
            help="How much of the difference from the surroundings is added: 0 changes nothing.",
        ),
        Slider(
            name="radius",
            default=30.0,
            low=0.0,
            high=100.0,
            control=(0.0, 80.0),
            step=5.0,
            unit="px",
            help="The sigma of the Gaussian: how far the surroundings go.",
        ),
    ),
    neutral={"amount": 0.0},
    example="clarity:amount=0.5,radius=30",
)
