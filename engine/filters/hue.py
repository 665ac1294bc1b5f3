"""Hue: colours turned around the grey axis."""

from __future__ import annotations

import math

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.light import LUMINANCE
from engine.parameters import Slider


def rows(values: Values) -> Floats:
    """A rotation around the grey axis, then the luminance put back by adding grey.

    It is what Haeberli (Matrix operations for image processing, 1993) gets by shearing planes of equal luminance.
    """
    angle = math.radians(values["angle"])
    one, third = math.cos(angle), (1.0 - math.cos(angle)) / 3.0
    side = math.sin(angle) / math.sqrt(3.0)
    turned = one * np.eye(3) + third + side * np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])
    missing = np.array(LUMINANCE) - np.array(LUMINANCE) @ turned
    return np.hstack([turned + np.tile(missing, (3, 1)), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Chroma as a complex number, red at 0 and green at 120 degrees, times e^(i angle); Rec. 709 luminance is kept."""
    if colour.shape[2] == 1:
        return colour, alpha
    directions = np.exp(2j * np.pi * np.arange(3) / 3.0)
    chroma = colour @ directions * np.exp(1j * np.deg2rad(values["angle"]))
    turned = 2.0 / 3.0 * (chroma[..., np.newaxis] * directions.conj()).real
    weights = np.array([0.2126, 0.7152, 0.0722])
    return turned + ((colour - turned) @ weights)[..., np.newaxis], alpha


FILTER = Filter(
    name="hue",
    group="colour",
    help="Turns all colours around the colour wheel while their brightness stays. Grey stays grey.",
    light="linear",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(
        Slider(
            name="angle",
            default=30.0,
            low=-360.0,
            high=360.0,
            control=(-180.0, 180.0),
            step=5.0,
            unit="°",
            help="Degrees around the colour wheel: 120 makes red green and green blue, 180 gives opposite colours.",
        ),
    ),
    neutral={"angle": 0.0},
    example="hue:angle=60",
)
