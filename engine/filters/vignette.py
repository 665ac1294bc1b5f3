"""Vignette: light that falls off towards the corners, or grows."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels.elementary import clip, exp2, sqrt
from engine.parameters import Slider


def fall_off(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Times 2 ** (stops * a smooth step of the distance from the middle), which is 1 in the corners."""
    red, green, blue = colours
    x, y, width, height = place
    stops, steepness, shift, fitted, round_ = constants[0], constants[1], constants[2], constants[3], constants[4]
    zero, one, three = constants[5], constants[6], constants[7]
    right, down = x * ((one + one) / width) - one, y * ((one + one) / height) - one
    across, along = right * width, down * height
    circle = (across * across + along * along) * (round_ / (width * width + height * height))
    distance = sqrt(fitted * (right * right + down * down) + circle)
    t = clip(distance * steepness + shift, zero, one)
    factor = exp2(stops * (t * t * (three - t - t)))
    return red * factor, green * factor, blue * factor


def constants(values: Values) -> Constants:
    """What `fall_off` takes."""
    steepness, roundness = 1.0 / values["softness"], values["roundness"]
    shift = 0.5 - values["radius"] * steepness
    return values["amount"], steepness, shift, (1.0 - roundness) / 2.0, roundness, 0.0, 1.0, 3.0


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Light times 2 ** (amount s), s going smoothly (3 t^2 - 2 t^3) from 0 to 1 around the radius, over the softness.

    The squared distance from the middle, 1 in the corners, is a mean of that of an ellipse which fits the frame and of
    that of a circle, weighted by the roundness.
    """
    height, width = colour.shape[:2]
    down = (np.arange(height)[:, np.newaxis] + 0.5 - height / 2.0) / (height / 2.0)
    right = (np.arange(width) + 0.5 - width / 2.0) / (width / 2.0)
    ellipse = (right**2 + down**2) / 2.0
    circle = ((right * width) ** 2 + (down * height) ** 2) / (width**2 + height**2)
    distance = np.sqrt((1.0 - values["roundness"]) * ellipse + values["roundness"] * circle)
    t = np.clip(0.5 + (distance - values["radius"]) / values["softness"], 0.0, 1.0)
    return colour * 2.0 ** (values["amount"] * (3.0 * t**2 - 2.0 * t**3))[..., np.newaxis], alpha


FILTER = Filter(
    name="vignette",
    group="look",
    help="Darkens the picture towards its corners as an old lens does, or lightens it above 0. The middle stays.",
    light="linear",
    kind=Pixel(function=fall_off, gain=lambda values: max(1.0, 2.0 ** values["amount"]), constants=constants),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=-1.0,
            low=-5.0,
            high=5.0,
            control=(-3.0, 3.0),
            step=0.1,
            unit="stops",
            help="Stops of light that the corners lose (below 0) or gain (above 0).",
        ),
        Slider(
            name="radius",
            default=0.7,
            low=0.0,
            high=2.0,
            control=(0.0, 1.2),
            step=0.05,
            help="How far from the middle half of it has come; the corners are at 1.",
        ),
        Slider(
            name="softness",
            default=0.8,
            low=0.1,
            high=4.0,
            control=(0.1, 2.0),
            step=0.05,
            help="The way from no effect to the whole effect, as a part of the way from the middle to a corner.",
        ),
        Slider(
            name="roundness",
            default=0.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.1,
            help="0 follows the shape of the picture, 1 is a circle.",
        ),
    ),
    neutral={"amount": 0.0},
    example="vignette:amount=-1.5,radius=0.6",
)
