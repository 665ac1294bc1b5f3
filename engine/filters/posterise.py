"""Posterise: few tones for each channel."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import floor
from engine.parameters import Slider


def nearest(x: Any, constants: Constants) -> Any:
    """The nearest of the tones."""
    return floor(x * constants[0] + constants[1]) * constants[2]


def constants(values: Values) -> Constants:
    """What `nearest` takes."""
    steps = values["levels"] - 1.0
    return steps, 0.5, 1.0 / steps


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The nearest of `levels` tones, evenly spaced from black to white and beyond; the upper one of two as near."""
    steps = values["levels"] - 1.0
    lower = np.floor(colour * steps)
    return np.where(colour * steps - lower >= 0.5, lower + 1.0, lower) / steps, alpha


FILTER = Filter(
    name="posterise",
    group="tone",
    help="Leaves only a few tones of each colour, as on a printed poster. Smooth areas become flat with hard edges.",
    light="encoded",
    kind=Table(curve=nearest, constants=constants),
    oracle=oracle,
    parameters=(
        Slider(
            name="levels",
            default=5.0,
            low=2.0,
            high=256.0,
            control=(2.0, 16.0),
            step=1.0,
            whole=True,
            help="How many tones are left of each channel, black and white among them.",
        ),
    ),
    example="posterise:levels=4",
    jumps=True,
)
