"""Shadows and highlights: dark and light parts of a picture brought nearer to each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Local, Matrix, Separable, Values, Window
from engine.filters import gaussian_blur, unsharp_mask
from engine.kernels.elementary import clip, exp2
from engine.light import LUMINANCE
from engine.parameters import Slider

GAIN = 16.0
"""Tones are at most doubled, and a local tone counts with a slope of 4 at most in the exponent."""


def luma(_values: Values) -> Floats:
    """The same weighted sum for all three channels."""
    return np.tile([*LUMINANCE, 0.0], (3, 1))


def part(colours: Colours, around: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Each tone times a factor that its surroundings tell: more where they are dark, less where they are light."""
    lift, lower, zero, one = constants[0], constants[1], constants[2], constants[3]
    tone = clip(around[0], zero, one)
    factor = exp2(lift * (one - tone) * (one - tone) - lower * tone * tone)
    return colours[0] * factor, colours[1] * factor, colours[2] * factor


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c 2^(shadows (1 - b)^2 - highlights b^2), b being blurred Rec. 709 luma limited to 0..1; alpha stays."""
    weights = np.array([0.2126, 0.7152, 0.0722]) if colour.shape[2] == 3 else np.ones(1)
    tone = (colour @ weights)[..., np.newaxis]
    blurred, _ = gaussian_blur.oracle(tone, alpha, {"sigma": values["radius"]})
    local = np.clip(blurred, 0.0, 1.0)
    return colour * 2.0 ** (values["shadows"] * (1.0 - local) ** 2 - values["highlights"] * local**2), alpha


FILTER = Filter(
    name="shadows-highlights",
    group="tone",
    help="Opens dark parts of the picture and holds back light ones, and keeps the contrast of what lies next to each "
    "other. Each tone is judged by its surroundings.",
    light="encoded",
    kind=Local(
        inner=(
            Matrix(rows=luma),
            Window(step=Separable(taps=unsharp_mask.taps, sigma=lambda values: values["radius"]), alpha="weighted"),
        ),
        function=part,
        constants=lambda values: (values["shadows"], values["highlights"], 0.0, 1.0),
        gain=lambda _: GAIN,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="shadows",
            default=0.5,
            low=-1.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="How much lighter dark parts become: 1 doubles code values where all is black, 0 leaves them.",
        ),
        Slider(
            name="highlights",
            default=0.2,
            low=-1.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="How much darker light parts become: 1 halves code values where all is white, 0 leaves them.",
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
    neutral={"shadows": 0.0, "highlights": 0.0},
    example="shadows-highlights:shadows=0.6",
)
