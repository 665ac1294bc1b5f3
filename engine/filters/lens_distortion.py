"""Lens distortion: barrels and pincushions, corrected or made."""

from __future__ import annotations

import numpy as np

from engine.filter import Constants, Filter, Floats, Size, Values
from engine.filters.rotate import BORDER, BORDERS, INTERPOLATION, KERNELS
from engine.kinds.warp import Frame, Place, Warp
from engine.parameters import Slider
from engine.sampling import sampled


def constants(values: Values, before: Size) -> Constants:
    """What `bend` takes: distances are measured in halves of the diagonal."""
    height, width = before
    return values["k1"], values["k2"], 100.0 / values["scale"], 4.0 / (width * width + height * height)


def bend(place: Place, frame: Frame, constants: Constants) -> Place:
    """From the middle times 1 + k1 r^2 + k2 r^4."""
    x, y = 0.5 * frame[0], 0.5 * frame[1]
    right, down = (place[0] - x) * constants[2], (place[1] - y) * constants[2]
    square = (right * right + down * down) * constants[3]
    factor = 1.0 + square * (constants[0] + square * constants[1])
    return x + right * factor, y + down * factor


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Brown 1966 (Decentering Distortion of Lenses), radial terms: the source's radius is r (1 + k1 r^2 + k2 r^4)."""
    height, width = colour.shape[:2]
    half = np.hypot(width, height) / 2.0
    middle = complex(width, height) / 2.0
    rows = (np.arange(height) + 0.5)[:, np.newaxis]
    away = (np.arange(width) + 0.5 + 1j * rows - middle) / half * (100.0 / values["scale"])
    radius = np.abs(away)
    bent = radius * np.polyval([values["k2"], 0.0, values["k1"], 0.0, 1.0], radius)
    place = middle + half * bent * np.exp(1j * np.angle(away))
    name = KERNELS[int(values["kernel"])]
    return sampled(colour, alpha, place.real, place.imag, name, BORDERS[int(values["border"])])


def coefficient(name: str, default: float, what: str) -> Slider:
    """One term of the distortion."""
    return Slider(
        name=name, default=default, low=-1.0, high=1.0, control=(-0.3, 0.3), step=0.01, help=f"{what}, in the corners."
    )


FILTER = Filter(
    name="lens-distortion",
    group="geometry",
    help="Makes lines straight that a lens has bent outwards, with k1 below 0, or inwards, above 0. The middle stays "
    "where it is.",
    light="linear",
    kind=Warp(
        function=bend,
        constants=constants,
        kernel=lambda values: KERNELS[int(values["kernel"])],
        beyond=lambda values: BORDERS[int(values["border"])],
    ),
    oracle=oracle,
    parameters=(
        coefficient("k1", -0.05, "What grows with the square of the distance from the middle"),
        coefficient("k2", 0.0, "What grows with its fourth power"),
        Slider(
            name="scale",
            default=100.0,
            low=50.0,
            high=200.0,
            control=(80.0, 150.0),
            step=1.0,
            unit="%",
            help="Enlarges the result, to leave out empty corners, or makes it smaller, to show more of the picture.",
        ),
        BORDER,
        INTERPOLATION,
    ),
    neutral={"k1": 0.0, "k2": 0.0, "scale": 100.0},
    example="lens-distortion:k1=-0.08,scale=105",
)
