"""Scharr: the strength of edges, the same in all directions."""

from __future__ import annotations

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Values, Window
from engine.kernels.elementary import magnitude


def gradient(plane: Floats, y: int, x: int, constants: Constants) -> Floats:
    """Length of the gradient from the 3 x 3 square whose corner is (y, x)."""
    side, middle = constants[0], constants[1]
    right = plane[y, x + 2] - plane[y, x] + plane[y + 2, x + 2] - plane[y + 2, x]
    below = plane[y + 2, x] - plane[y, x] + plane[y + 2, x + 2] - plane[y, x + 2]
    across = side * right + middle * (plane[y + 1, x + 2] - plane[y + 1, x])
    along = side * below + middle * (plane[y + 2, x + 1] - plane[y, x + 1])
    return magnitude(across, along)  # type: ignore[no-any-return]


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
        step=Neighbourhood(reach=1, function=gradient, constants=lambda values: (3.0 / 16.0, 10.0 / 16.0)),
        alpha="straight",
    ),
    oracle=oracle,
    example="scharr",
)
