"""Solarise: light tones turned into their negative."""

from __future__ import annotations

from typing import Any

from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import choose
from engine.parameters import Slider


def reverse(x: Any, constants: Constants) -> Any:
    """The negative of what is not below the threshold."""
    return choose(x >= constants[0], constants[1] - x, x)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1 - x where x is the threshold or above, else x, as in Pillow."""
    result = colour.copy()
    light = ~(colour < values["threshold"])
    result[light] = 1.0 - colour[light]
    return result, alpha


FILTER = Filter(
    name="solarise",
    group="tone",
    help="Turns tones from the threshold up into their negative, as a print that saw light while it was developed. "
    "The shadows stay.",
    light="encoded",
    kind=Table(curve=reverse, constants=lambda values: (values["threshold"], 1.0)),
    oracle=oracle,
    parameters=(
        Slider(
            name="threshold",
            default=0.5,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="The darkest tone that is turned: at 0 the whole picture is, at 0.5 no edges appear between tones.",
        ),
    ),
    example="solarise:threshold=0.5",
    jumps=True,
)
