"""Rotation by any angle."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from engine.filter import Constants, Filter, Floats, Size, Values
from engine.kinds.warp import Beyond, Frame, Place, Warp
from engine.parameters import Choice, Slider
from engine.sampling import sampled

CANVASES = ("grow", "keep", "crop")
BORDERS: tuple[Beyond, ...] = ("transparent", "black", "white", "edge")
KERNELS: tuple[Literal["bicubic", "bilinear"], ...] = ("bicubic", "bilinear")
NEXT_TO_NOTHING = 1e-9
"""Of a pixel."""


def direction(degrees: float) -> tuple[float, float]:
    """Cosine and sine, exact for quarter turns."""
    quarters, rest = divmod(degrees, 90.0)
    cosine, sine = math.cos(math.radians(rest)), math.sin(math.radians(rest))
    for _ in range(int(quarters) % 4):
        cosine, sine = -sine, cosine
    return cosine, sine


def inscribed(degrees: float, size: Size) -> Size:
    """The largest rectangle of the same aspect inside a turned picture, in whole pixels."""
    height, width = size
    across, along = map(abs, direction(degrees))
    part = min(width / (width * across + height * along), height / (width * along + height * across))
    return max(1, int(part * height + NEXT_TO_NOTHING)), max(1, int(part * width + NEXT_TO_NOTHING))


def size(values: Values, before: Size) -> Size:
    """Grown pictures hold every corner."""
    canvas = CANVASES[int(values["canvas"])]
    if canvas == "keep":
        return before
    if canvas == "crop":
        return inscribed(values["angle"], before)
    height, width = before
    across, along = map(abs, direction(values["angle"]))
    down, wide = width * along + height * across, width * across + height * along
    return math.ceil(down - NEXT_TO_NOTHING), math.ceil(wide - NEXT_TO_NOTHING)


def turning(degrees: float, before: Size, after: Size) -> Constants:
    """What `turn_back` takes: both centres lie over each other; after quarter turns, pixels do."""
    cosine, sine = direction(degrees)
    height, width = before
    x = width / 2.0 - (cosine * after[1] + sine * after[0]) / 2.0
    y = height / 2.0 - (cosine * after[0] - sine * after[1]) / 2.0
    if degrees % 90.0 == 0.0:
        x, y = math.floor(x), math.floor(y)
    return cosine, sine, x, y


def turn_back(place: Place, frame: Frame, constants: Constants) -> Place:
    """Where a pixel of the turned picture was."""
    x, y = place
    cosine, sine = constants[0], constants[1]
    return constants[2] + (cosine * x + sine * y), constants[3] + (cosine * y - sine * x)


def constants(values: Values, before: Size) -> Constants:
    """For the angle and the sizes."""
    return turning(values["angle"], before, size(values, before))


def beyond(values: Values) -> Beyond:
    """A picture that is cropped to its inside has nothing beyond, but for the last half pixel."""
    return "edge" if CANVASES[int(values["canvas"])] == "crop" else BORDERS[int(values["border"])]


def quarters(values: Values) -> int | None:
    """To the right."""
    turns, rest = divmod(values["angle"], 90.0)
    return int(turns) % 4 if rest == 0.0 and CANVASES[int(values["canvas"])] == "grow" else None


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Every pixel's centre turned back around the middle by the matrix of a rotation, and interpolated there."""
    before = (colour.shape[0], colour.shape[1])
    after = size(values, before)
    name, angle = CANVASES[int(values["canvas"])], np.deg2rad(values["angle"])
    away = np.exp(-1j * angle) * (np.arange(after[1]) + 0.5 - after[1] / 2.0 + 1j * rows(after[0]))
    x, y = away.real + before[1] / 2.0, away.imag + before[0] / 2.0
    if values["angle"] % 90.0 == 0.0:
        # Where a middle cannot lie on the other, all lies up to half a pixel nearer to the first corner.
        x, y = np.floor(x + 1e-6 - 0.5) + 0.5, np.floor(y + 1e-6 - 0.5) + 0.5
    border = "edge" if name == "crop" else BORDERS[int(values["border"])]
    return sampled(colour, alpha, x, y, KERNELS[int(values["kernel"])], border)


def rows(height: int) -> Floats:
    """Distances of rows from the middle, as a column."""
    away: Floats = np.arange(height, dtype=np.float64)[:, np.newaxis] + (0.5 - height / 2.0)
    return away


INTERPOLATION = Choice(
    name="kernel",
    choices=KERNELS,
    default=0.0,
    help="How a place between pixels is read: bicubic is sharper, bilinear never overshoots.",
)
BORDER = Choice(
    name="border",
    choices=BORDERS,
    default=0.0,
    help="What is seen beyond the picture; transparent is black in pictures without alpha, edge repeats the last "
    "pixels.",
)
FILTER = Filter(
    name="rotate",
    group="geometry",
    help="Turns the picture by any angle to the right. Quarter turns leave every pixel as it is.",
    light="linear",
    kind=Warp(
        function=turn_back,
        constants=constants,
        sized=size,
        kernel=lambda values: KERNELS[int(values["kernel"])],
        beyond=beyond,
        quarters=quarters,
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="angle",
            default=10.0,
            low=-360.0,
            high=360.0,
            control=(-180.0, 180.0),
            step=0.5,
            unit="°",
            help="Degrees to the right; below 0 to the left.",
        ),
        Choice(
            name="canvas",
            choices=CANVASES,
            default=0.0,
            help="grow holds the whole turned picture, keep has the size as it was, crop is the largest part of the "
            "same shape without corners beyond the picture.",
        ),
        BORDER,
        INTERPOLATION,
    ),
    neutral={"angle": 0.0},
    example="rotate:angle=10",
)
