"""Open: erosion, then dilation."""

from __future__ import annotations

from engine.filter import Extreme, Filter, Floats, Series, Values, Window
from engine.parameter import Slider


def radius(values: Values) -> int:
    """Of the square."""
    return int(values["radius"])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's minimum of a square, then the maximum of one, borders replicated each time."""
    from scipy.ndimage import maximum_filter, minimum_filter

    side = 2 * int(values["radius"]) + 1
    smallest = minimum_filter(colour, size=(side, side, 1), mode="nearest")
    opened: Floats = maximum_filter(smallest, size=(side, side, 1), mode="nearest")
    return opened, alpha


FILTER = Filter(
    name="open",
    group="morphology",
    help="Removes bright specks and thin lines that are smaller than the square. The rest keeps its size and shape.",
    light="encoded",
    kind=Series(
        kinds=(
            Window(step=Extreme(radius=radius, largest=False), alpha="straight"),
            Window(step=Extreme(radius=radius, largest=True), alpha="straight"),
        )
    ),
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
    example="open:radius=3",
)
