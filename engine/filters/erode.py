"""Erode: the smallest value of a square."""

from __future__ import annotations

from engine.filter import Extreme, Filter, Floats, Values, Window
from engine.parameters import Slider


def radius(values: Values) -> int:
    """Of the square."""
    return int(values["radius"])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's minimum of a square of 2 radius + 1, channel by channel, borders replicated."""
    from scipy.ndimage import minimum_filter

    side = 2 * int(values["radius"]) + 1
    smallest: Floats = minimum_filter(colour, size=(side, side, 1), mode="nearest")
    return smallest, alpha


RADIUS = Slider(
    name="radius",
    default=1.0,
    low=0.0,
    high=100.0,
    control=(0.0, 20.0),
    step=1.0,
    unit="px",
    whole=True,
    help="The square is 2 radius + 1 pixels wide.",
)
ERODED = Window(step=Extreme(radius=radius, largest=False), alpha="straight")
FILTER = Filter(
    name="erode",
    group="morphology",
    help="Replaces each pixel by the darkest value around it. Dark parts grow, bright specks and thin lines go.",
    light="encoded",
    kind=ERODED,
    oracle=oracle,
    parameters=(RADIUS,),
    neutral={"radius": 0.0},
    example="erode:radius=3",
)
