"""Tilt-shift: a sharp band across a picture that is blurred elsewhere, as if it showed a model."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Local, Separable, Values, Window
from engine.filters import gaussian_blur
from engine.kernels.elementary import clip
from engine.parameters import Slider

GAIN = 1.0
"""Results lie between the picture and the blurred one."""


def focus(colours: Colours, around: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """As much of the blurred picture as the distance from the band says."""
    x, y, width, height = place
    cosine, sine, position, half = constants[0], constants[1], constants[2], constants[3]
    band, steepness, zero, one = constants[4], constants[5], constants[6], constants[7]
    away = ((y - position * height) * cosine - (x - half * width) * sine) / height
    t = clip((abs(away) - band) * steepness, zero, one)
    share = t * t * (one + one + one - t - t)
    return (
        colours[0] + (around[0] - colours[0]) * share,
        colours[1] + (around[1] - colours[1]) * share,
        colours[2] + (around[2] - colours[2]) * share,
    )


def constants(values: Values) -> Constants:
    """What `focus` takes."""
    angle = math.radians(values["angle"])
    band = (values["position"], 0.5, 0.5 * values["width"], 1.0 / values["softness"])
    return (math.cos(angle), math.sin(angle), *band, 0.0, 1.0)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + (blurred - c) (3 t^2 - 2 t^3), t = (d - width / 2) / softness limited to 0..1; alpha stays.

    d is the distance from the middle of the band in parts of the picture's height.
    """
    blurred, _ = gaussian_blur.oracle(colour, alpha, values)
    height, width = colour.shape[:2]
    y, x = np.mgrid[0.5:height, 0.5:width]
    angle = np.deg2rad(values["angle"])
    across = (y - values["position"] * height) * np.cos(angle) - (x - width / 2.0) * np.sin(angle)
    t = np.clip((np.abs(across) / height - values["width"] / 2.0) / values["softness"], 0.0, 1.0)
    return colour + (blurred - colour) * (3.0 * t**2 - 2.0 * t**3)[..., np.newaxis], alpha


FILTER = Filter(
    name="tilt-shift",
    group="blur and sharpen",
    help="Blurs the picture outside a band, so that what it shows looks like a model. Lenses that are tilted do so.",
    light="linear",
    kind=Local(
        inner=(
            Window(step=Separable(taps=gaussian_blur.taps, sigma=lambda values: values["sigma"]), alpha="weighted"),
        ),
        function=focus,
        constants=constants,
        gain=lambda _: GAIN,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="sigma",
            default=8.0,
            low=0.0,
            high=100.0,
            control=(0.0, 30.0),
            step=1.0,
            unit="px",
            help="The standard deviation of the blur where it is all there.",
        ),
        Slider(
            name="position",
            default=0.5,
            low=-1.0,
            high=2.0,
            control=(0.0, 1.0),
            step=0.05,
            help="Where the middle of the band crosses the middle of the picture: 0 is the top, 1 the bottom.",
        ),
        Slider(
            name="width",
            default=0.2,
            low=0.0,
            high=2.0,
            control=(0.0, 1.0),
            step=0.05,
            help="How wide the band is that stays sharp, in parts of the picture's height.",
        ),
        Slider(
            name="softness",
            default=0.3,
            low=0.01,
            high=2.0,
            control=(0.05, 1.0),
            step=0.05,
            help="Over how much of the height the blur begins on either side.",
        ),
        Slider(
            name="angle",
            default=0.0,
            low=-180.0,
            high=180.0,
            control=(-90.0, 90.0),
            step=5.0,
            unit="°",
            help="How far the band is turned to the right.",
        ),
    ),
    neutral={"sigma": 0.0},
    example="tilt-shift:sigma=8,position=0.6",
)
