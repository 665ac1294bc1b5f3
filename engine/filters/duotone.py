"""Duotone: shades between two colours."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.light import LUMINANCE
from engine.parameters import Colour
from engine.parameters.colour import components


def rows(values: Values) -> Floats:
    """The shadows' colour, and the way from it to the highlights' times luma."""
    dark, light = np.array(components(values["shadows"])), np.array(components(values["highlights"]))
    return np.column_stack([np.outer(light - dark, LUMINANCE), dark])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """(1 - Y) shadows + Y highlights, Y being Rec. 709 luma. A grey picture stays grey between two greys."""
    weights = [1.0] if colour.shape[2] == 1 else [0.2126, 0.7152, 0.0722]
    luma = colour @ np.array(weights)
    ends = [np.array([int(values[name]) // 256**k % 256 for k in (2, 1, 0)]) for name in ("shadows", "highlights")]
    channels = 1 if colour.shape[2] == 1 and all(np.ptp(end) == 0 for end in ends) else 3
    made = [(1.0 - luma) * ends[0][k] / 255.0 + luma * ends[1][k] / 255.0 for k in range(channels)]
    return np.stack(made, axis=2), alpha


FILTER = Filter(
    name="duotone",
    group="colour",
    help="Prints the picture in shades between two colours. One is for black, the other for white.",
    light="encoded",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(
        Colour(name="shadows", default=0x1D2B53, help="What black becomes."),
        Colour(name="highlights", default=0xFFE8B0, help="What white becomes."),
    ),
    forms={"gradient": ("shadows", "highlights")},
    example="duotone:shadows=#1d2b53,highlights=#ffb0a0",
)
