"""Laplacian: how far each pixel stands out from its neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Square, Values, Window
from engine.parameters import Slider


def standing_out(square: Square, constants: Constants) -> Any:
    """Size of the weighted sum of a square."""
    (a, b, c), (d, e, f), (g, h, i) = square
    straight, diagonal, centre = constants[0], constants[1], constants[2]
    return abs(straight * ((b + h) + (d + f)) + diagonal * ((a + i) + (c + g)) - centre * e)


def constants(values: Values) -> Constants:
    """Weights of the four neighbours beside, of the four across and of the pixel itself."""
    diagonals = values["diagonals"]
    whole = 1.0 + 2.0 * diagonals
    return 1.0 / whole, diagonals / whole, (4.0 + 4.0 * diagonals) / whole


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """|sum of neighbours - count * pixel| with 4 or 8 neighbours, the latter over 3: a straight edge has strength 1."""
    from scipy.ndimage import laplace, uniform_filter

    if values["diagonals"] == 0.0:
        planes = [laplace(colour[..., channel], mode="nearest") for channel in range(colour.shape[2])]
        return np.abs(np.stack(planes, axis=2)), alpha
    return 3.0 * np.abs(uniform_filter(colour, (3, 3, 1), mode="nearest") - colour), alpha


FILTER = Filter(
    name="laplacian",
    group="edges",
    help="Shows edges and specks as thin light lines on black, without telling which side is lighter. "
    "Even areas and slow gradients are black.",
    light="encoded",
    kind=Window(
        step=Neighbourhood(function=standing_out, constants=constants, gain=lambda values: 4.0),
        alpha="straight",
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="diagonals",
            default=0.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=1.0,
            whole=True,
            help="0 compares with the 4 neighbours beside, above and below, 1 with all 8.",
        ),
    ),
    example="laplacian",
)
