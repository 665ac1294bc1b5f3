"""Median: the middle value of a square."""

from __future__ import annotations

from engine.filter import Filter, Floats, Median, Values, Window
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's median of a square of 2 radius + 1, channel by channel, borders replicated."""
    from scipy.ndimage import median_filter

    side = 2 * int(values["radius"]) + 1
    middle: Floats = median_filter(colour, size=(side, side, 1), mode="nearest")
    return middle, alpha


FILTER = Filter(
    name="median",
    group="noise",
    help="Replaces each pixel by the middle value of its neighbourhood. Specks and noise go, edges stay.",
    light="encoded",
    kind=Window(step=Median(radius=lambda values: int(values["radius"])), alpha="straight"),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=1.0,
            low=0.0,
            high=20.0,
            control=(0.0, 10.0),
            step=1.0,
            unit="px",
            whole=True,
            help="The square is 2 radius + 1 pixels wide.",
        ),
    ),
    neutral={"radius": 0.0},
    example="median:radius=2",
)
