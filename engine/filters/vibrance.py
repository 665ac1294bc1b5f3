"""Vibrance: saturation that spares what is saturated already."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels.elementary import clip, maximum, minimum
from engine.light import LUMINANCE
from engine.parameters import Slider


def enliven(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Distances from grey grow by amount (1 - chroma)^2."""
    red, green, blue = colours
    amount, zero, one = constants[0], constants[1], constants[2]
    dull = clip(one - (maximum(red, maximum(green, blue)) - minimum(red, minimum(green, blue))), zero, one)
    more = amount * dull * dull
    grey = constants[3] * red + constants[4] * green + constants[5] * blue
    return red + more * (red - grey), green + more * (green - grey), blue + more * (blue - grey)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Y + (1 + amount max(0, 1 - d)^2) (c - Y), Y being Rec. 709 luma and d the largest less the smallest channel.

    Up to an amount of 3 no colour overtakes one that was stronger. A grey picture stays as it is.
    """
    if colour.shape[2] == 1:
        return colour, alpha
    grey = (colour @ np.array([0.2126, 0.7152, 0.0722]))[..., np.newaxis]
    dull = np.maximum(0.0, 1.0 - np.ptp(colour, axis=2, keepdims=True))
    return grey + (1.0 + values["amount"] * dull**2) * (colour - grey), alpha


FILTER = Filter(
    name="vibrance",
    group="colour",
    help="Makes dull colours stronger and leaves strong ones nearly alone. Below 0 it turns dull colours grey first.",
    light="encoded",
    kind=Pixel(
        function=enliven,
        gain=lambda values: 1.0 + 2.0 * abs(values["amount"]),
        constants=lambda values: (values["amount"], 0.0, 1.0, *LUMINANCE),
        spares_grey=True,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.0,
            low=-1.0,
            high=3.0,
            control=(-1.0, 2.0),
            step=0.05,
            help="0 changes nothing, 1 doubles the dullest colours, -1 makes them grey.",
        ),
    ),
    neutral={"amount": 0.0},
    example="vibrance:amount=0.5",
)
