"""Motion blur: the camera or the subject moved in a line while the shutter was open."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.convolution import Convolution
from engine.parameters import Slider


def streak(values: Values) -> Floats:
    """The mean over a line of what bilinear interpolation makes of each of its points; the weights add up to 1.

    Between two places where it crosses a row or a column of pixels' centres, the interpolated value of a pixel is a
    polynomial of second degree: Simpson's rule is exact.
    """
    half = max(values["length"], 1e-6) / 2.0
    right, down = direction(values["angle"])
    reach = max(0, math.ceil(half - 1e-9))
    crossings = [np.arange(-reach, reach + 1) / step for step in (right, down) if abs(step) > 1e-9]
    ends = np.unique(np.clip(np.concatenate([*crossings, [-half, half]]), -half, half))
    widths = np.diff(ends) / (2.0 * half)
    at = np.concatenate([ends[:-1], (ends[:-1] + ends[1:]) / 2.0, ends[1:]])
    shares = np.concatenate([widths, 4.0 * widths, widths]) / 6.0
    places = np.arange(-reach, reach + 1)[:, np.newaxis]
    across = np.maximum(0.0, 1.0 - np.abs(places - right * at))
    along = np.maximum(0.0, 1.0 - np.abs(places - down * at))
    crossed: Floats = (along * shares) @ across.T
    return crossed


def direction(angle: float) -> tuple[float, float]:
    """How far right and how far down a step of one pixel goes; 0 degrees is right and 90 up."""
    towards = math.radians(angle)
    return round(math.cos(towards), 12), -round(math.sin(towards), 12)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The mean of the picture, moved along the line and interpolated bilinearly, borders replicated.

    The picture's samples along the line are integrated by Gauss's rule of two points between any two crossings of rows
    or columns, exactly; colour is weighted by alpha where there is one.
    """
    from scipy.ndimage import map_coordinates

    length, radians = values["length"], np.deg2rad(values["angle"])
    if length == 0.0:
        return colour, alpha
    slope = np.array([-np.sin(radians), np.cos(radians)])
    whole = np.arange(-np.ceil(length), np.ceil(length) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = np.concatenate([whole / each for each in slope])
    inside = crossed[np.isfinite(crossed) & (np.abs(crossed) < length / 2.0)]
    ends = np.sort(np.append(inside, [-length / 2.0, length / 2.0]))
    rows, columns = np.indices(colour.shape[:2])

    def mean(plane: Floats) -> Floats:
        total = np.zeros_like(plane)
        for before, after in pairwise(ends):
            for node in (-1.0, 1.0):
                at = (before + after + node * (after - before) / np.sqrt(3.0)) / 2.0
                moved = map_coordinates(plane, [rows + at * slope[0], columns + at * slope[1]], order=1, mode="nearest")
                total += (after - before) / 2.0 / length * moved
        return total

    if alpha is None:
        return np.dstack([mean(plane) for plane in np.moveaxis(colour, 2, 0)]), None
    weight = mean(alpha)
    seen = np.where(weight > 0.0, weight, 1.0)
    planes = [np.where(weight > 0.0, mean(plane * alpha) / seen, plane) for plane in np.moveaxis(colour, 2, 0)]
    return np.dstack(planes), weight


FILTER = Filter(
    name="motion-blur",
    group="blur and sharpen",
    help="Blurs along a line, as when the camera moves while the shutter is open. Detail across the line stays sharp.",
    light="linear",
    kind=Convolution(weights=streak),
    oracle=oracle,
    parameters=(
        Slider(
            name="length",
            default=20.0,
            low=0.0,
            high=200.0,
            control=(0.0, 100.0),
            step=1.0,
            unit="px",
            help="How far a point of light moves.",
        ),
        Slider(
            name="angle",
            default=0.0,
            low=-360.0,
            high=360.0,
            control=(0.0, 180.0),
            step=15.0,
            unit="°",
            help="The line's direction: 0 is level, 90 upright, 45 rises to the right.",
        ),
    ),
    neutral={"length": 0.0},
    example="motion-blur:length=24,angle=30",
)
