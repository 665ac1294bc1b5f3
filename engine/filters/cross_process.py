"""Cross-process: slide film in the developer for negatives."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values, always
from engine.kernels.elementary import clip
from engine.parameters import Slider

RED, GREEN, BLUE = 1.0, 0.7, 0.35
"""How much of an S-curve red and green get, and how far blue goes towards mid grey."""


def cross(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Red and green steeper in the middle, blue flatter throughout; what lies beyond black and white is shifted."""
    red, green, blue = colours
    zero, one, three, half = constants[3], constants[4], constants[5], constants[6]
    r, g, b = clip(red, zero, one), clip(green, zero, one), clip(blue, zero, one)
    return (
        red + constants[0] * (r * r * (three - r - r) - r),
        green + constants[1] * (g * g * (three - g - g) - g),
        blue + constants[2] * (half - b),
    )


def constants(values: Values) -> Constants:
    """What `cross` takes."""
    amount = values["amount"] / 100.0
    return RED * amount, GREEN * amount, BLUE * amount, 0.0, 1.0, 3.0, 0.5


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Red and green go all the way and 0.7 of it to 3 x^2 - 2 x^3, blue 0.35 of it to 1/2, times the amount.

    These are Safelight's own curves, after the look of E-6 film in C-41 chemistry: contrast, yellow highlights and
    blue shadows.
    """
    full = np.broadcast_to(colour, (*colour.shape[:2], 3))
    x = np.clip(full, 0.0, 1.0)
    aims = np.stack(
        [np.polyval([-2.0, 3.0, 0.0, 0.0], x[..., k]) for k in (0, 1)] + [np.full(x.shape[:2], 0.5)], axis=2
    )
    return full + values["amount"] / 100.0 * np.array([1.0, 0.7, 0.35]) * (aims - x), alpha


FILTER = Filter(
    name="cross-process",
    group="look",
    help="Gives the colours of slide film that was developed as negative film. Highlights turn yellow, shadows blue.",
    light="encoded",
    kind=Pixel(function=cross, gain=lambda values: 1.2, constants=constants, colours=always),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=70.0,
            low=0.0,
            high=100.0,
            control=(0.0, 100.0),
            step=5.0,
            unit="%",
            help="How much of it: 0 changes nothing.",
        ),
    ),
    neutral={"amount": 0.0},
    example="cross-process:amount=80",
)
