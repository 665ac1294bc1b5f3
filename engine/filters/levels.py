"""Levels: a new black, a new white and a power between them."""

from __future__ import annotations

import numpy as np

from engine.errors import SpecError
from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import clip, power
from engine.parameters import Slider


def curve(x: Floats, constants: Constants) -> Floats:
    """Scale, clip, power."""
    scale, offset, exponent, low, high = constants[0], constants[1], constants[2], constants[3], constants[4]
    return power(clip(x * scale + offset, low, high), exponent)  # type: ignore[no-any-return]


def constants(values: Values) -> Constants:
    """Scale and offset that send black to 0 and white to 1, the exponent, and the range."""
    scale = 1.0 / (values["white"] - values["black"])
    return scale, -values["black"] * scale, 1.0 / values["mid"], 0.0, 1.0


def check(values: Values) -> None:
    """Black must lie below white."""
    if values["white"] - values["black"] < 0.001:
        raise SpecError(
            f"levels: white ({values['white']:g}) must be at least 0.001 above black ({values['black']:g})."
        )


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """((x - black) / (white - black)) ** (1 / mid), clipped to 0..1 before the power."""
    stretched = (colour - values["black"]) / (values["white"] - values["black"])
    return np.clip(stretched, 0.0, 1.0) ** (1.0 / values["mid"]), alpha


FILTER = Filter(
    name="levels",
    group="tone",
    help="Sets which tones become black and white and where the middle lies. Tones beyond either end are clipped.",
    light="encoded",
    kind=Table(curve=curve, constants=constants),
    oracle=oracle,
    parameters=(
        Slider(
            name="black",
            default=0.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.01,
            help="This tone and all below it become black.",
        ),
        Slider(
            name="white",
            default=1.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.01,
            help="This tone and all above it become white.",
        ),
        Slider(
            name="mid",
            default=1.0,
            low=0.1,
            high=10.0,
            control=(0.1, 10.0),
            step=0.05,
            scale="log",
            help="Above 1 lightens the tones between, below 1 darkens them.",
        ),
    ),
    check=check,
    example="levels:black=0.05,white=0.9,mid=1.1",
)
