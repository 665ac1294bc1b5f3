"""Spin blur: the camera turned while the shutter was open."""

from __future__ import annotations

import math

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.filters import zoom_blur
from engine.kinds.path import Path
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The mean along arcs around the centre, half of the angle to either side."""
    height, width = colour.shape[:2]
    middle = (values["y"] / 100.0 * height - 0.5, values["x"] / 100.0 * width - 0.5)
    result, weight = zoom_blur.blurred(colour, alpha, 1j * np.deg2rad(values["angle"]), middle)
    return np.where((weight > 0.0)[..., np.newaxis], result, colour), None if alpha is None else weight


FILTER = Filter(
    name="spin-blur",
    group="blur and sharpen",
    help="Blurs along circles around a point, as when the camera turns or a wheel spins. The point itself stays sharp.",
    light="linear",
    kind=Path(rate=lambda values: 1j * math.radians(values["angle"]), centre=zoom_blur.centre),
    oracle=oracle,
    parameters=(
        Slider(
            name="angle",
            default=5.0,
            low=0.0,
            high=90.0,
            control=(0.0, 45.0),
            step=1.0,
            unit="°",
            help="How far the picture turns meanwhile.",
        ),
        *zoom_blur.CENTRE,
    ),
    neutral={"angle": 0.0},
    forms={"place": ("x", "y")},
    example="spin-blur:angle=10",
)
