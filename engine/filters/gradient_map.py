"""Gradient map: tones exchanged for the colours of a gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values, always
from engine.kernels.elementary import clip, maximum, minimum
from engine.light import LUMINANCE
from engine.parameters import Colour, Slider
from engine.parameters.colour import components


def look_up(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """The shadows' colour, plus the way up to the middle, plus the way beyond it."""
    red, green, blue = colours
    zero, one, position = constants[3], constants[4], constants[5]
    tone = clip(constants[0] * red + constants[1] * green + constants[2] * blue, zero, one)
    below, above = minimum(tone, position), maximum(tone - position, zero)
    return (
        constants[6] + below * constants[9] + above * constants[12],
        constants[7] + below * constants[10] + above * constants[13],
        constants[8] + below * constants[11] + above * constants[14],
    )


def constants(values: Values) -> Constants:
    """What `look_up` takes."""
    dark, middle, light = (np.array(components(values[name])) for name in ("shadows", "midtones", "highlights"))
    position = values["position"]
    return *LUMINANCE, 0.0, 1.0, position, *dark, *(middle - dark) / position, *(light - middle) / (1.0 - position)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Linear interpolation of code values at Rec. 709 luma, limited to 0 to 1."""
    luma = colour[..., 0] if colour.shape[2] == 1 else colour @ np.array([0.2126, 0.7152, 0.0722])
    stops = [0.0, values["position"], 1.0]
    planes = []
    for shift in (16, 8, 0):
        codes = [(int(values[name]) >> shift) % 256 / 255.0 for name in ("shadows", "midtones", "highlights")]
        planes.append(np.interp(luma, stops, codes))
    return np.stack(planes, axis=2), alpha


FILTER = Filter(
    name="gradient-map",
    group="colour",
    help="Exchanges every tone for a colour, from one for black over one for the midtones to one for white. "
    "The picture's own colours go.",
    light="encoded",
    kind=Pixel(function=look_up, gain=lambda values: 1.0, constants=constants, colours=always),
    oracle=oracle,
    parameters=(
        Colour(name="shadows", default=0x10104A, help="What black becomes."),
        Colour(name="midtones", default=0xC84050, help="What the tone at the position becomes."),
        Colour(name="highlights", default=0xFFF0B0, help="What white becomes."),
        Slider(
            name="position",
            default=0.5,
            low=0.01,
            high=0.99,
            control=(0.1, 0.9),
            step=0.05,
            help="The tone that gets the colour of the midtones: 0 is black, 1 is white.",
        ),
    ),
    example="gradient-map:position=0.4",
)
