"""Sobel: the strength of edges."""

from __future__ import annotations

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Values, Window
from engine.kernels.elementary import magnitude


def gradient(plane: Floats, y: int, x: int, constants: Constants) -> Floats:
    """Length of the gradient from the 3 x 3 square whose corner is (y, x)."""
    twice, quarter = constants[0], constants[1]
    left = plane[y, x] + twice * plane[y + 1, x] + plane[y + 2, x]
    right = plane[y, x + 2] + twice * plane[y + 1, x + 2] + plane[y + 2, x + 2]
    above = plane[y, x] + twice * plane[y, x + 1] + plane[y, x + 2]
    below = plane[y + 2, x] + twice * plane[y + 2, x + 1] + plane[y + 2, x + 2]
    return quarter * magnitude(right - left, below - above)  # type: ignore[no-any-return]


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
        step=Neighbourhood(reach=1, function=gradient, constants=lambda values: (2.0, 0.25)),
        alpha="straight",
    ),
    oracle=oracle,
    example="sobel",
)
