"""Brightness: the same amount added to every tone."""

from __future__ import annotations

from engine.filter import Filter, Floats, Table, Values
from engine.kernels.elementary import line
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """x + amount."""
    return colour + values["amount"], alpha


FILTER = Filter(
    name="brightness",
    group="tone",
    help="Makes all tones lighter or darker by the same amount. Black changes as much as white.",
    light="encoded",
    kind=Table(curve=line, constants=lambda values: (1.0, values["amount"])),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.0,
            low=-1.0,
            high=1.0,
            control=(-0.5, 0.5),
            step=0.01,
            help="What is added: 1 makes black white, -1 makes white black.",
        ),
    ),
    neutral={"amount": 0.0},
    example="brightness:amount=0.1",
)
