"""Zoom blur: the lens zoomed while the shutter was open."""

from __future__ import annotations

import math

import numpy as np

from engine.filter import Filter, Floats, Size, Values
from engine.kinds.path import Path
from engine.parameters import Slider


def centre(values: Values, size: Size) -> complex:
    """The place that stays sharp, in pixels right and down of the first pixel's centre."""
    height, width = size
    return complex(values["x"] / 100.0 * width - 0.5, values["y"] / 100.0 * height - 0.5)


def blurred(colour: Floats, alpha: Floats | None, rate: complex, middle: tuple[float, float]) -> tuple[Floats, Floats]:
    """The mean over the paths that exp(rate t) makes pixels take around the middle, and that of alpha, or of ones.

    In sweeps as `engine.kinds.path` defines them; places, rows first, go through a matrix, not a complex number.
    """
    from scipy.ndimage import map_coordinates

    height, width = colour.shape[:2]
    farthest = np.hypot(max(middle[0], height - 1 - middle[0]), max(middle[1], width - 1 - middle[1]))
    longest = np.clip(farthest * abs(rate), 2.0, 5.0**6)
    sweeps = next(sweeps for sweeps in range(1, 7) if 5**sweeps >= longest)
    count = next(count for count in range(2, 9) if count**sweeps >= longest)
    weight = np.ones(colour.shape[:2]) if alpha is None else alpha
    planes = [*np.moveaxis(colour * weight[..., np.newaxis], 2, 0), weight]
    away = np.indices((height, width)).reshape(2, -1) - np.array(middle)[:, np.newaxis]
    for sweep in range(sweeps):
        made = [np.zeros((height, width)) for _ in planes]
        for j in range(count):
            t = (2 * j + 1 - count) / (2 * count) / count**sweep
            turn, larger = rate.imag * t, np.exp(rate.real * t)
            rotation = larger * np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
            places = rotation @ away + np.array(middle)[:, np.newaxis]
            moved = [map_coordinates(plane, places, order=1, mode="nearest") for plane in planes]
            made = [total + plane.reshape(height, width) / count for total, plane in zip(made, moved, strict=True)]
        planes = made
    seen = np.where(planes[-1] > 0.0, planes[-1], 1.0)
    return np.dstack([plane / seen for plane in planes[:-1]]), planes[-1]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The mean along straight paths from the centre, whose ends are 1 + amount times as far away as their beginnings.

    Pixels on them are as dense in the logarithm of the distance as in time: the lens zooms at an even rate.
    """
    height, width = colour.shape[:2]
    middle = (values["y"] / 100.0 * height - 0.5, values["x"] / 100.0 * width - 0.5)
    result, weight = blurred(colour, alpha, complex(np.log1p(values["amount"] / 100.0)), middle)
    return np.where((weight > 0.0)[..., np.newaxis], result, colour), None if alpha is None else weight


CENTRE = tuple(
    Slider(
        name=name,
        default=50.0,
        low=0.0,
        high=100.0,
        control=(0.0, 100.0),
        step=1.0,
        unit="%",
        help=help_,
    )
    for name, help_ in (
        ("x", "Where the centre lies, in percent of the width from the left."),
        ("y", "Where the centre lies, in percent of the height from the top."),
    )
)

FILTER = Filter(
    name="zoom-blur",
    group="blur and sharpen",
    help="Blurs away from a point, as when the lens zooms while the shutter is open. The point itself stays sharp.",
    light="linear",
    kind=Path(rate=lambda values: complex(math.log1p(values["amount"] / 100.0)), centre=centre),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=10.0,
            low=0.0,
            high=100.0,
            control=(0.0, 50.0),
            step=1.0,
            unit="%",
            help="How much the picture grows meanwhile: a path is about this part of its distance from the centre.",
        ),
        *CENTRE,
    ),
    neutral={"amount": 0.0},
    forms={"place": ("x", "y")},
    example="zoom-blur:amount=20",
)
