"""Light leak: light that came into the camera beside the lens and fell on the film from an edge."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values, always
from engine.kernels.elementary import clip
from engine.light import SRGB, decode
from engine.parameters import Colour, Slider
from engine.parameters.colour import components


def shine(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Plus the leak's light, which falls smoothly to nothing inwards and to both sides."""
    red, green, blue = colours
    x, y, width, height = place
    cosine, sine, half, one = constants[0], constants[1], constants[2], constants[3]
    zero, three = constants[4], constants[5]
    right, down = x - half * width, y - half * height
    towards = (right * cosine - down * sine) / (half * (abs(cosine) * width + abs(sine) * height))
    along = (right * sine + down * cosine) / (half * (abs(sine) * width + abs(cosine) * height))
    beside = (along - constants[6]) * constants[7]
    inwards = clip(one - (one - towards) * constants[8], zero, one)
    sideways = clip(one - beside * beside, zero, one)
    light = inwards * inwards * (three - inwards - inwards) * sideways * sideways
    return red + light * constants[9], green + light * constants[10], blue + light * constants[11]


def constants(values: Values) -> Constants:
    """What `shine` takes."""
    angle, strength = math.radians(values["angle"]), values["strength"]
    tints = (strength * float(decode(np.float64(code), SRGB.decoding())) for code in components(values["colour"]))
    shape = (values["position"], 1.0 / values["width"], 0.5 / values["depth"])
    return (math.cos(angle), math.sin(angle), 0.5, 1.0, 0.0, 3.0, *shape, *tints)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + strength tint (3 t^2 - 2 t^3) (1 - s^2)^2: light adds to light.

    t goes from 1 at the edge that the angle points to down to 0 at the depth, in parts of the way to the opposite edge;
    s from 0 at the position along that edge, which goes from -1 to 1, to 1 at the width beside it. The tint is the
    light of the colour (IEC 61966-2-1).
    """
    height, width = colour.shape[:2]
    angle = np.deg2rad(values["angle"])
    outwards, along = np.array([np.cos(angle), -np.sin(angle)]), np.array([np.sin(angle), np.cos(angle)])
    frame = np.array([width, height]) / 2.0
    places = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=2) - frame
    inside = (1.0 - places @ outwards / (np.abs(outwards) @ frame)) / 2.0
    t = np.clip(1.0 - inside / values["depth"], 0.0, 1.0)
    s = np.clip((places @ along / (np.abs(along) @ frame) - values["position"]) / values["width"], -1.0, 1.0)
    light = values["strength"] * (3.0 * t**2 - 2.0 * t**3) * (1.0 - s**2) ** 2
    codes = np.array([int(values["colour"]) >> shift & 255 for shift in (16, 8, 0)]) / 255.0
    tint = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    return colour + light[..., np.newaxis] * tint, alpha


FILTER = Filter(
    name="light-leak",
    group="look",
    help="Lets coloured light in from an edge, as through a worn seal of a camera. It only ever adds light.",
    light="linear",
    kind=Pixel(
        function=shine,
        gain=lambda values: 1.0 + values["strength"],
        constants=constants,
        colours=always,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="strength",
            default=0.6,
            low=0.0,
            high=10.0,
            control=(0.0, 2.0),
            step=0.1,
            help="How much light: 0 changes nothing, at 1 the colour itself shines where the leak is brightest.",
        ),
        Colour(name="colour", default=float(0xFF7A2E), help="The colour of the light."),
        Slider(
            name="angle",
            default=180.0,
            low=-360.0,
            high=360.0,
            control=(-180.0, 180.0),
            step=5.0,
            unit="°",
            help="Where the light comes from: 0 is the right, 90 the top, 180 the left, -90 the bottom.",
        ),
        Slider(
            name="position",
            default=0.0,
            low=-2.0,
            high=2.0,
            control=(-1.0, 1.0),
            step=0.1,
            help="Where along that edge it is brightest: 0 is the middle, -1 and 1 are the ends.",
        ),
        Slider(
            name="depth",
            default=0.5,
            low=0.05,
            high=2.0,
            control=(0.1, 1.0),
            step=0.05,
            help="How far it gets, as a part of the way to the opposite edge.",
        ),
        Slider(
            name="width",
            default=1.2,
            low=0.05,
            high=10.0,
            control=(0.1, 3.0),
            step=0.1,
            help="How far it spreads to either side, where half the length of the edge is 1.",
        ),
    ),
    neutral={"strength": 0.0},
    example="light-leak:strength=0.8,angle=160",
)
