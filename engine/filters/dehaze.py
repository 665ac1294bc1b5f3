"""Dehaze: the light that haze adds taken away, more of it where there is more."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Extreme, Filter, Floats, Local, Pixel, Values, Window
from engine.filters import dilate, erode, guided_filter
from engine.kernels.elementary import clip, minimum
from engine.kinds.guided import Guided
from engine.parameters import Colour, Slider
from engine.parameters.colour import components

DARKEST = 0.1
"""Haze darker than this counts as this."""
EPSILON = 0.001
"""Steps of the haze of a tenth of full scale and more are kept."""


def haze(values: Values) -> Floats:
    """The colour of the haze, code values."""
    return np.maximum(components(values["airlight"]), DARKEST)


def veil(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """The smallest part that a channel is of the haze's."""
    red, green, blue = colours[0] * constants[0], colours[1] * constants[1], colours[2] * constants[2]
    dark = clip(minimum(red, minimum(green, blue)), constants[3], constants[4])
    return dark, dark, dark


def clear(colours: Colours, around: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """What comes through, as bright as without haze."""
    one = constants[4]
    brighter = one / (one - constants[3] * around[0])
    return (
        constants[0] + (colours[0] - constants[0]) * brighter,
        constants[1] + (colours[1] - constants[1]) * brighter,
        constants[2] + (colours[2] - constants[2]) * brighter,
    )


def gain(values: Values) -> float:
    """What comes through is divided by a transmission that errors move, too."""
    least = 1.0 - max(values["amount"], 0.0)
    return float(1.0 / least + abs(values["amount"]) / least**2)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """A + (c - A) / t, t = 1 - amount d (He, Sun and Tang, Single image haze removal using dark channel prior, 2009).

    d is the smallest of r / A_r, g / A_g and b / A_b, limited to 0..1, opened by a square of
    2 radius + 1 and smoothed by the guided filter (He, Sun and Tang, 2010) under its own guidance, epsilon 0.001. A,
    the colour of haze, is at least 0.1 in every channel. A grey picture stays grey where the haze is; alpha stays.
    """
    code = int(values["airlight"])
    air = np.maximum([code // 65536 / 255.0, code // 256 % 256 / 255.0, code % 256 / 255.0], 0.1)
    air = air[: 1 if colour.shape[2] == 1 and np.ptp(air) == 0.0 else 3]
    dark = np.clip((colour / air).min(axis=2), 0.0, 1.0)
    lowest, _ = erode.oracle(dark[..., np.newaxis], alpha, values)
    opened, _ = dilate.oracle(lowest, alpha, values)
    smooth, _ = guided_filter.oracle(opened, alpha, {"radius": values["radius"], "epsilon": 0.001})
    return air + (colour - air) / (1.0 - values["amount"] * smooth), alpha


FILTER = Filter(
    name="dehaze",
    group="tone",
    help="Takes away the veil that haze lays over what is far off, most where no colour is dark. Below zero it adds "
    "haze.",
    light="encoded",
    kind=Local(
        inner=(
            Pixel(
                function=veil,
                gain=lambda _: 1.0,
                constants=lambda values: (*(1.0 / haze(values)), 0.0, 1.0),
                colours=lambda values: bool(np.ptp(haze(values))),
            ),
            Window(step=Extreme(radius=lambda values: int(values["radius"]), largest=False), alpha="straight"),
            Window(step=Extreme(radius=lambda values: int(values["radius"]), largest=True), alpha="straight"),
            Guided(radius=lambda values: int(values["radius"]), epsilon=lambda _: EPSILON),
        ),
        function=clear,
        constants=lambda values: (*haze(values), values["amount"], 1.0),
        gain=gain,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.7,
            low=-1.0,
            high=0.9,
            control=(-0.5, 0.9),
            step=0.05,
            help="How much of the haze goes: 0 changes nothing, 0.9 nearly all.",
        ),
        Slider(
            name="radius",
            default=4.0,
            low=1.0,
            high=64.0,
            control=(1.0, 16.0),
            step=1.0,
            unit="px",
            whole=True,
            help="Something dark is looked for in squares of 2 radius + 1 pixels; bright things that are smaller are "
            "not taken for haze.",
        ),
        Colour(
            name="airlight",
            default=0xE8E8E8,
            help="The colour of the haze itself, where it hides everything: that of the sky above the horizon.",
        ),
    ),
    neutral={"amount": 0.0},
    example="dehaze:amount=0.6,airlight=#d0d4d8",
)
