"""Saturation: distances from grey scaled."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.light import LUMINANCE
from engine.parameters import Slider


def rows(values: Values) -> Floats:
    """Luminance plus (1 + amount) times the distance from it (W3C Filter Effects 1, feColorMatrix saturate)."""
    factor = 1.0 + values["amount"]
    return np.hstack([factor * np.eye(3) + (1.0 - factor) * np.tile(LUMINANCE, (3, 1)), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Y + (1 + amount) (c - Y) with Rec. 709 luminance Y; a grey picture stays as it is."""
    if colour.shape[2] == 1:
        return colour, alpha
    red, green, blue = colour[..., 0:1], colour[..., 1:2], colour[..., 2:3]
    grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return grey + (1.0 + values["amount"]) * (colour - grey), alpha


FILTER = Filter(
    name="saturation",
    group="colour",
    help="Makes colours stronger or weaker while their brightness stays. At -1 no colour is left.",
    light="linear",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.0,
            low=-1.0,
            high=10.0,
            control=(-1.0, 2.0),
            step=0.05,
            help="0 changes nothing, -1 removes all colour, 1 doubles it.",
        ),
    ),
    neutral={"amount": 0.0},
    example="saturation:amount=0.4",
)
