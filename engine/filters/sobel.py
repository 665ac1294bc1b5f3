"""Sobel: the strength of edges."""

from __future__ import annotations

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
    """SciPy's Sobel along both axes, divided by 4 so that a straight edge from black to white has strength 1."""
    import numpy as np
    from scipy.ndimage import sobel

    strength: Floats = np.hypot(sobel(colour, axis=0, mode="nearest"), sobel(colour, axis=1, mode="nearest")) / 4.0
    return strength, alpha


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
