"""Threshold: black and white alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels.elementary import choose, clip
from engine.light import LUMINANCE
from engine.parameters import Slider


def split(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """A ramp around the value, or a jump where it has no width."""
    red, green, blue = colours
    zero, one, value = constants[3], constants[4], constants[5]
    tone = constants[0] * red + constants[1] * green + constants[2] * blue
    ramp = clip((tone - value) * constants[6] + constants[7], zero, one)
    tone = choose(constants[6] > zero, ramp, choose(tone >= value, one, zero))
    return tone, tone, tone


def constants(values: Values) -> Constants:
    """What `split` takes; a ramp without width is marked by no slope."""
    softness = values["softness"]
    return *LUMINANCE, 0.0, 1.0, values["value"], 1.0 / softness if softness else 0.0, 0.5


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """White where Rec. 709 luma is the value or above, else black; with softness a straight ramp that wide."""
    luma = colour if colour.shape[2] == 1 else (colour @ np.array([0.2126, 0.7152, 0.0722]))[..., np.newaxis]
    value, softness = values["value"], values["softness"]
    if softness:
        made = np.interp(luma, [value - softness / 2.0, value + softness / 2.0], [0.0, 1.0])
    else:
        made = np.float64(luma >= value)
    return np.broadcast_to(made, colour.shape).copy(), alpha


FILTER = Filter(
    name="threshold",
    group="tone",
    help="Makes light tones white and dark ones black. With some softness greys are left between them.",
    light="encoded",
    kind=Pixel(function=split, gain=lambda values: 1.0, constants=constants),
    oracle=oracle,
    parameters=(
        Slider(
            name="value",
            default=0.5,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.01,
            help="The tone from which on the picture is white: 0 is black, 1 is white.",
        ),
        Slider(
            name="softness",
            default=0.0,
            low=0.0,
            high=1.0,
            control=(0.0, 0.5),
            step=0.01,
            help="How wide the range of tones is that becomes grey; 0 is a hard edge.",
        ),
    ),
    example="threshold:value=0.45,softness=0.1",
    jumps=True,
)
