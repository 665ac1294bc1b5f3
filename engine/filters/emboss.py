"""Emboss: the picture as a relief in grey."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Square, Values, Window
from engine.parameters import Slider


def relief(square: Square, constants: Constants) -> Any:
    """Grey less the slope towards the light in the middle of a square."""
    (a, b, c), (d, _, f), (g, h, i) = square
    twice, towards_right, towards_below, grey = constants[0], constants[1], constants[2], constants[3]
    across = (c + i) - (a + g) + twice * (f - d)
    along = (g + i) - (a + c) + twice * (h - b)
    return grey - (towards_right * across + towards_below * along)


def constants(values: Values) -> Constants:
    """What `relief` takes; rows count downwards and angles upwards."""
    angle, quarter = math.radians(values["angle"]), values["strength"] / 4.0
    return 2.0, quarter * math.cos(angle), -quarter * math.sin(angle), 0.5


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1/2 - strength times the derivative towards the light, from SciPy's Sobel along both axes over 4.

    A derivative in any direction is a sum of two (Freeman and Adelson, The design and use of steerable filters, 1991).
    """
    from scipy.ndimage import sobel

    towards = np.deg2rad(values["angle"])
    planes = [colour[..., channel] for channel in range(colour.shape[2])]
    across = np.stack([sobel(plane, axis=1, mode="nearest") for plane in planes], axis=2) / 4.0
    along = np.stack([sobel(plane, axis=0, mode="nearest") for plane in planes], axis=2) / 4.0
    return 0.5 - values["strength"] * (np.cos(towards) * across - np.sin(towards) * along), alpha


FILTER = Filter(
    name="emboss",
    group="edges",
    help="Shows the picture as a relief in grey, lit from one side. Even areas are mid grey.",
    light="encoded",
    kind=Window(
        step=Neighbourhood(function=relief, constants=constants, gain=lambda values: 0.5 + 2.0 * values["strength"]),
        alpha="straight",
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="angle",
            default=135.0,
            low=-360.0,
            high=360.0,
            control=(0.0, 360.0),
            step=15.0,
            unit="°",
            help="Where the light comes from: 0 is the right, 90 above, 135 the upper left.",
        ),
        Slider(
            name="strength",
            default=1.0,
            low=0.0,
            high=10.0,
            control=(0.0, 4.0),
            step=0.1,
            help="How deep the relief is: at 1 an edge from black to white changes the grey by all of full scale.",
        ),
    ),
    example="emboss:angle=120,strength=1.5",
)
