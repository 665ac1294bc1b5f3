"""Straighten: a small turn, cropped to what the picture covers."""

from __future__ import annotations

import numpy as np

from engine.filter import Constants, Filter, Floats, Size, Values
from engine.filters.rotate import INTERPOLATION, KERNELS, inscribed, turn_back, turning
from engine.kinds.warp import Warp
from engine.parameters import Slider
from engine.sampling import sampled


def size(values: Values, before: Size) -> Size:
    """Of the largest rectangle inside."""
    return inscribed(values["angle"], before)


def constants(values: Values, before: Size) -> Constants:
    """For the angle and the sizes."""
    return turning(values["angle"], before, size(values, before))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Where the largest rectangle of the same aspect, turned around the middle, touches the picture's border.

    Its corners, in halves of its diagonal from the middle, tell by how much it may grow.
    """
    height, width = colour.shape[:2]
    turn = np.exp(-1j * np.deg2rad(values["angle"]))
    corners = np.array([width + 1j * height, width - 1j * height]) * turn
    part = min(width / np.abs(corners.real).max(), height / np.abs(corners.imag).max())
    rows, columns = (max(1, int(np.floor(part * side + 1e-9))) for side in (height, width))
    down = (np.arange(rows) + 0.5 - rows / 2.0)[:, np.newaxis]
    place = (np.arange(columns) + 0.5 - columns / 2.0 + 1j * down) * turn
    if values["angle"] == 0.0:
        return colour, alpha
    x, y = place.real + width / 2.0, place.imag + height / 2.0
    return sampled(colour, alpha, x, y, KERNELS[int(values["kernel"])], "edge")


FILTER = Filter(
    name="straighten",
    group="geometry",
    help="Levels a horizon by a small turn. The picture becomes a little smaller, so that no empty corners are seen.",
    light="linear",
    kind=Warp(
        function=turn_back,
        constants=constants,
        sized=size,
        kernel=lambda values: KERNELS[int(values["kernel"])],
        beyond=lambda _values: "edge",
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="angle",
            default=1.0,
            low=-15.0,
            high=15.0,
            control=(-5.0, 5.0),
            step=0.1,
            unit="°",
            help="Degrees to the right; below 0 to the left.",
        ),
        INTERPOLATION,
    ),
    neutral={"angle": 0.0},
    example="straighten:angle=2.5",
)
