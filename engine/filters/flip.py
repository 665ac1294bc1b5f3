"""Flip."""

from __future__ import annotations

from engine.filter import Filter, Floats, Turn, Values
from engine.parameters import Choice

DIRECTIONS = ("horizontal", "vertical")


def turned(values: Values) -> tuple[int, bool]:
    """Upside down is half a turn and a mirror."""
    return (2 if values["direction"] else 0), True


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """NumPy's reversed axis."""
    step = (slice(None, None, -1),) if values["direction"] else (slice(None), slice(None, None, -1))
    return colour[step], None if alpha is None else alpha[step]


FILTER = Filter(
    name="flip",
    group="geometry",
    help="Shows the picture as in a mirror. Vertically, it is turned upside down as a lake does it.",
    light="any",
    kind=Turn(turned=turned),
    oracle=oracle,
    parameters=(
        Choice(
            name="direction",
            choices=DIRECTIONS,
            default=0.0,
            help="Left and right exchanged, or top and bottom.",
        ),
    ),
    example="flip:direction=vertical",
)
