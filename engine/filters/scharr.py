"""Scharr: the strength of edges, the same in all directions."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Square, Values, Window
from engine.kernels.elementary import magnitude


def gradient(square: Square, constants: Constants) -> Any:
    """Length of the gradient in the middle of a square."""
    (a, b, c), (d, _, f), (g, h, i) = square
    side, middle = constants[0], constants[1]
    across = side * ((c + i) - (a + g)) + middle * (f - d)
    along = side * ((g + i) - (a + c)) + middle * (h - b)
    return magnitude(across, along)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Scharr's 3 x 3 kernels (3, 10, 3), over 16: a straight edge from black to white has strength 1.

    H. Scharr, Optimal operators in digital image processing, Heidelberg 2000.
    """
    from scipy.ndimage import correlate

    kernel = np.outer([3.0, 10.0, 3.0], [-1.0, 0.0, 1.0]) / 16.0
    across, along = (correlate(colour, each[..., np.newaxis], mode="nearest") for each in (kernel, kernel.T))
    return np.hypot(across, along), alpha


FILTER = Filter(
    name="scharr",
    group="edges",
    help="Shows edges as light lines on black, as sobel does, but equally strong in all directions. "
    "The stronger the edge, the lighter the line.",
    light="encoded",
    kind=Window(
        step=Neighbourhood(function=gradient, constants=lambda values: (3.0 / 16.0, 10.0 / 16.0)),
        alpha="straight",
    ),
    oracle=oracle,
    example="scharr",
)
