"""Black-and-white: grey as film sees it through a coloured filter in front of the lens."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.light import LUMINANCE
from engine.parameters import Choice, Slider

PASSED = {
    "none": (1.0, 1.0, 1.0),
    "yellow": (1.0, 0.9, 0.1),
    "orange": (1.0, 0.5, 0.02),
    "red": (1.0, 0.05, 0.0),
    "green": (0.1, 1.0, 0.15),
    "blue": (0.0, 0.1, 1.0),
}
"""Parts of red, green and blue light that get through, in round numbers after the customary gelatine filters
(Kodak Wratten 8, 21, 25, 58 and 47)."""


def rows(values: Values) -> Floats:
    """Luminance weights times what gets through, made to add up to 1."""
    strength, passed = values["strength"] / 100.0, np.array(list(PASSED.values())[int(values["filter"])])
    weights = np.array(LUMINANCE) * (1.0 - strength + strength * passed)
    return np.hstack([np.tile(weights / weights.sum(), (3, 1)), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Rec. 709 luminance of the light behind the filter over that of white behind it; a grey picture stays."""
    if colour.shape[2] == 1:
        return colour, alpha
    red, green, blue = (1, 1, 1, 1, 0.1, 0), (1, 0.9, 0.5, 0.05, 1, 0.1), (1, 0.1, 0.02, 0, 0.15, 1)
    full = np.array([red, green, blue])[:, int(values["filter"])]
    glass = 1.0 + (full - 1.0) * values["strength"] / 100.0
    seen, white = ((light * glass) @ [0.2126, 0.7152, 0.0722] for light in (colour, np.ones(3)))
    return np.repeat((seen / white)[..., np.newaxis], 3, axis=2), alpha


FILTER = Filter(
    name="black-and-white",
    group="colour",
    help="Takes the picture on black-and-white film through a coloured filter. The filter's own colour gets lighter, "
    "the opposite darker: red makes skies dark.",
    light="linear",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(
        Choice(
            name="filter",
            choices=tuple(PASSED),
            default=list(PASSED).index("orange"),
            help="The colour of the filter in front of the lens.",
        ),
        Slider(
            name="strength",
            default=100.0,
            low=0.0,
            high=100.0,
            control=(0.0, 100.0),
            step=5.0,
            unit="%",
            help="How much of its colour the filter has: 0 is clear glass.",
        ),
    ),
    example="black-and-white:filter=red",
)
