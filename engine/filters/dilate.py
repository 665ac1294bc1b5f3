"""Dilate: the largest value of a square."""

from __future__ import annotations

from engine.filter import Extreme, Filter, Floats, Values, Window
from engine.filters import erode


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's maximum of a square of 2 radius + 1, channel by channel, borders replicated."""
    from scipy.ndimage import maximum_filter

    side = 2 * erode.radius(values) + 1
    largest: Floats = maximum_filter(colour, size=(side, side, 1), mode="nearest")
    return largest, alpha


DILATED = Window(step=Extreme(radius=erode.radius, largest=True), alpha="straight")
FILTER = Filter(
    name="dilate",
    group="morphology",
    help="Replaces each pixel by the brightest value around it. Bright parts grow, dark specks and thin lines go.",
    light="encoded",
    kind=DILATED,
    oracle=oracle,
    parameters=(erode.RADIUS,),
    neutral={"radius": 0.0},
    example="dilate:radius=3",
)
