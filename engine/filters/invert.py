"""Invert: the negative."""

from __future__ import annotations

from engine.filter import Filter, Floats, Table, Values
from engine.kernels.elementary import line


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1 - x."""
    return 1.0 - colour, alpha


FILTER = Filter(
    name="invert",
    group="tone",
    help="Turns the picture into its negative. Black becomes white and each colour its opposite.",
    light="encoded",
    kind=Table(curve=line, constants=lambda values: (-1.0, 1.0)),
    oracle=oracle,
    example="invert",
)
