"""Contrast: distances from a pivot scaled."""

from __future__ import annotations

from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import line
from engine.parameters import Slider


def constants(values: Values) -> Constants:
    """Slope and intercept of a line through the pivot."""
    slope = 1.0 + values["amount"]
    return slope, values["pivot"] * (1.0 - slope)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """pivot + (x - pivot) (1 + amount)."""
    return values["pivot"] + (colour - values["pivot"]) * (1.0 + values["amount"]), alpha


FILTER = Filter(
    name="contrast",
    group="tone",
    help="Pulls tones away from the pivot, or towards it below 0. Tones at the pivot stay as they are.",
    light="encoded",
    kind=Table(curve=line, constants=constants),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.0,
            low=-1.0,
            high=10.0,
            control=(-1.0, 2.0),
            step=0.05,
            help="0 changes nothing, -1 leaves only the pivot's grey, 1 doubles every distance from the pivot.",
        ),
        Slider(
            name="pivot",
            default=0.5,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.01,
            help="The tone that stays: 0 is black, 1 is white.",
        ),
    ),
    neutral={"amount": 0.0},
    example="contrast:amount=0.3",
)
