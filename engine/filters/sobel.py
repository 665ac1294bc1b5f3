"""Sobel: the strength of edges."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Square, Values, Window
from engine.kernels.elementary import magnitude


def gradient(square: Square, constants: Constants) -> Any:
    """Length of the gradient in the middle of a square."""
    (a, b, c), (d, _, f), (g, h, i) = square
    twice, quarter = constants[0], constants[1]
    across = (c + i) - (a + g) + twice * (f - d)
    along = (g + i) - (a + c) + twice * (h - b)
    return quarter * magnitude(across, along)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's Sobel along both axes of each channel, over 4: a straight edge from black to white has strength 1."""
    from scipy.ndimage import sobel

    planes = [colour[..., channel] for channel in range(colour.shape[2])]
    along = [np.hypot(sobel(plane, axis=0, mode="nearest"), sobel(plane, axis=1, mode="nearest")) for plane in planes]
    return np.stack(along, axis=2) / 4.0, alpha


FILTER = Filter(
    name="sobel",
    group="edges",
    help="Shows edges as light lines on black, channel by channel. The stronger the edge, the lighter the line.",
    light="encoded",
    kind=Window(
        step=Neighbourhood(function=gradient, constants=lambda values: (2.0, 0.25)),
        alpha="straight",
    ),
    oracle=oracle,
    example="sobel",
)
