"""Exposure: light multiplied by a power of two."""

from __future__ import annotations

from engine.filter import Filter, Floats, Table, Values
from engine.kernels.elementary import line
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """One stop is a factor of two in light."""
    return colour * 2.0 ** values["ev"], alpha


FILTER = Filter(
    name="exposure",
    group="tone",
    help="Makes the picture lighter or darker as a longer or shorter exposure would. One stop doubles the light.",
    light="linear",
    kind=Table(curve=line, constants=lambda values: (2.0 ** values["ev"], 0.0)),
    oracle=oracle,
    parameters=(
        Slider(
            name="ev",
            default=0.0,
            low=-20.0,
            high=20.0,
            control=(-5.0, 5.0),
            step=0.1,
            unit="stops",
            help="Stops of light to add (above 0) or take away (below 0).",
        ),
    ),
    neutral={"ev": 0.0},
    example="exposure:ev=0.7",
)
