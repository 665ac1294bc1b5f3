"""Colour balance: shadows, midtones and highlights shifted between opposite colours."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values, always
from engine.kernels.elementary import clip, maximum, minimum
from engine.parameters import Slider

TONES = ("shadows", "midtones", "highlights")
COLOURS = {"red": "cyan", "green": "magenta", "blue": "yellow"}
"""Each with its opposite."""
FULL = 0.7
"""Part of full scale by which 100 % shifts, as GIMP has it."""


def shift(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Plus nine shifts, weighted by how much the pixel is of the shadows, midtones and highlights."""
    red, green, blue = colours
    zero, one, half, steepness = constants[9], constants[10], constants[11], constants[12]
    lightness = half * maximum(red, maximum(green, blue)) + half * minimum(red, minimum(green, blue))
    above = clip(lightness * steepness + constants[13], zero, one)
    high = clip(lightness * steepness + constants[14], zero, one)
    low, mid = one - above, above * (one - high)
    return (
        red + (low * constants[0] + mid * constants[3] + high * constants[6]),
        green + (low * constants[1] + mid * constants[4] + high * constants[7]),
        blue + (low * constants[2] + mid * constants[5] + high * constants[8]),
    )


def constants(values: Values) -> Constants:
    """What `shift` takes."""
    shifts = [FULL * values[f"{tone}-{colour}"] / 100.0 for tone in TONES for colour in COLOURS]
    return *shifts, 0.0, 1.0, 0.5, 4.0, 0.5 - 4.0 / 3.0, 0.5 - 8.0 / 3.0


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Each channel plus the sum of weight times 0.7 times slider / 100, without regard to brightness (as in GIMP).

    The weights come from HSL lightness. That of the shadows is 1 below 5/24 and falls to 0 at 11/24; that of the
    highlights rises from 0 at 13/24 to 1 at 19/24; that of the midtones rises and falls in the same places, and is 1
    between.
    """
    full = np.broadcast_to(colour, (*colour.shape[:2], 3))
    lightness = (full.max(axis=2) + full.min(axis=2)) / 2.0
    places = np.array([5.0, 11.0, 13.0, 19.0]) / 24.0
    corners = {"shadows": [1, 0, 0, 0], "midtones": [0, 1, 1, 0], "highlights": [0, 0, 0, 1]}
    result = full.copy()
    for tone, heights in corners.items():
        sliders = np.array([values[f"{tone}-{name}"] for name in ("red", "green", "blue")])
        result += np.interp(lightness, places, heights)[..., np.newaxis] * sliders * 0.007
    return result, alpha


def balance(tone: str, colour: str, opposite: str) -> Slider:
    """One of the nine."""
    return Slider(
        name=f"{tone}-{colour}",
        default=0.0,
        low=-100.0,
        high=100.0,
        control=(-100.0, 100.0),
        step=1.0,
        unit="%",
        help=f"Shifts the {tone} to {colour} (above 0) or to {opposite} (below 0).",
    )


PARAMETERS = tuple(balance(tone, *pair) for tone in TONES for pair in COLOURS.items())

FILTER = Filter(
    name="colour-balance",
    group="colour",
    help="Shifts the colours of shadows, midtones and highlights. Each goes towards a colour or its opposite.",
    light="encoded",
    kind=Pixel(function=shift, gain=lambda values: 1.0 + FULL, constants=constants, colours=always),
    oracle=oracle,
    parameters=PARAMETERS,
    neutral={each.name: 0.0 for each in PARAMETERS},
    example="colour-balance:shadows-blue=20,midtones-red=8,highlights-red=10,highlights-blue=-20",
)
