"""Dilate: the largest value of a square."""

from __future__ import annotations

from engine.filter import Extreme, Filter, Floats, Values, Window
from engine.parameter import Slider


def radius(values: Values) -> int:
    """Of the square."""
    return int(values["radius"])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's maximum of a square of 2 radius + 1, channel by channel, borders replicated."""
    from scipy.ndimage import maximum_filter

    side = 2 * int(values["radius"]) + 1
    largest: Floats = maximum_filter(colour, size=(side, side, 1), mode="nearest")
    return largest, alpha


FILTER = Filter(
    name="dilate",
    group="morphology",
    help="Replaces each pixel by the brightest value around it. Bright parts grow, dark specks and thin lines go.",
    light="encoded",
    kind=Window(step=Extreme(radius=radius, largest=True), alpha="straight"),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=1.0,
            low=0.0,
            high=100.0,
            control=(0.0, 20.0),
            step=1.0,
            unit="px",
            whole=True,
            help="The square is 2 radius + 1 pixels wide.",
        ),
    ),
    neutral={"radius": 0.0},
    example="dilate:radius=3",
)
