"""Pencil: a drawing, in which lines are darker than what surrounds them."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Local, Matrix, Separable, Values, Window
from engine.filters import gaussian_blur, shadows_highlights, unsharp_mask
from engine.kernels.elementary import clip
from engine.light import LUMINANCE
from engine.parameters import Slider

DEPTH = 0.05
"""Added to both tones, so that noise in the dark is no drawing."""


def draw(colours: Colours, around: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Paper, darker where the tone is darker than around, as far as it is coloured."""
    light, lighter, depth, strength = constants[0], constants[1], constants[2], constants[3]
    coloured, zero, one = constants[4], constants[5], constants[6]
    tone = clip(light * colours[0] + lighter * colours[1] + (one - light - lighter) * colours[2], zero, one) + depth
    near = clip(around[0], zero, one) + depth
    paper = clip(one - strength * (one - tone / near), zero, one)
    return (
        paper * (one + coloured * (colours[0] - one)),
        paper * (one + coloured * (colours[1] - one)),
        paper * (one + coloured * (colours[2] - one)),
    )


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """p (1 - colour + colour c), p = 1 - strength (1 - (y + 0.05) / (b + 0.05)) limited to 0..1; alpha stays.

    y is Rec. 709 luma, b the same blurred, both limited to 0..1. Strength 1 is the colour dodge of W3C's Compositing
    and Blending Level 1 of y by the inverse of b, but for the twentieth, which leaves noise in the dark alone.
    """
    weights = np.array([0.2126, 0.7152, 0.0722]) if colour.shape[2] == 3 else np.ones(1)
    luma = (colour @ weights)[..., np.newaxis]
    blurred, _ = gaussian_blur.oracle(luma, alpha, {"sigma": values["radius"]})
    ratio = (np.clip(luma, 0.0, 1.0) + 0.05) / (np.clip(blurred, 0.0, 1.0) + 0.05)
    paper = np.clip(1.0 - values["strength"] * (1.0 - ratio), 0.0, 1.0)
    return paper * (1.0 - values["colour"] + values["colour"] * colour), alpha


FILTER = Filter(
    name="pencil",
    group="look",
    help="Makes a pencil drawing on white paper, whose lines are what is darker than its surroundings. With colour it "
    "is one in coloured pencils.",
    light="encoded",
    kind=Local(
        inner=(
            Matrix(rows=shadows_highlights.luma),
            Window(step=Separable(taps=unsharp_mask.taps, sigma=lambda values: values["radius"]), alpha="weighted"),
        ),
        function=draw,
        constants=lambda values: (*LUMINANCE[:2], DEPTH, values["strength"], values["colour"], 0.0, 1.0),
        gain=lambda values: 1.0 + 2.0 * values["strength"] / DEPTH,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=8.0,
            low=0.0,
            high=100.0,
            control=(0.5, 30.0),
            step=0.5,
            unit="px",
            help="The sigma of the Gaussian: small ones draw fine lines, large ones shade.",
        ),
        Slider(
            name="strength",
            default=1.5,
            low=0.0,
            high=3.0,
            control=(0.0, 3.0),
            step=0.1,
            help="How dark lines are: 0 leaves white paper, 1 a soft pencil, 3 a hard one.",
        ),
        Slider(
            name="colour",
            default=0.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="How much of the picture's colours the pencils have: 0 is all grey.",
        ),
    ),
    neutral={"strength": 0.0, "colour": 1.0},
    example="pencil:radius=6",
)
