"""Rotation by quarter turns."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Turn, Values
from engine.parameters import Slider


def turned(values: Values) -> tuple[int, bool]:
    """To the right."""
    return int(values["turns"]), False


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """NumPy's quarter turns, which go to the left."""
    turns = -int(values["turns"])
    return np.rot90(colour, turns), None if alpha is None else np.rot90(alpha, turns)


FILTER = Filter(
    name="rotate-90",
    group="geometry",
    help="Turns the picture by quarter turns to the right. No pixel is changed by it.",
    light="any",
    kind=Turn(turned=turned),
    oracle=oracle,
    parameters=(
        Slider(
            name="turns",
            default=1.0,
            low=0.0,
            high=3.0,
            control=(0.0, 3.0),
            step=1.0,
            whole=True,
            help="1 to the right, 2 upside down, 3 to the left.",
        ),
    ),
    neutral={"turns": 0.0},
    example="rotate-90:turns=3",
)
