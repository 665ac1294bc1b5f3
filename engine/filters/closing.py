"""Close: dilation, then erosion."""

from __future__ import annotations

from engine.filter import Extreme, Filter, Floats, Series, Values, Window
from engine.parameter import Slider


def radius(values: Values) -> int:
    """Of the square."""
    return int(values["radius"])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's maximum of a square, then the minimum of one, borders replicated each time."""
    from scipy.ndimage import maximum_filter, minimum_filter

    side = 2 * int(values["radius"]) + 1
    largest = maximum_filter(colour, size=(side, side, 1), mode="nearest")
    closed: Floats = minimum_filter(largest, size=(side, side, 1), mode="nearest")
    return closed, alpha


FILTER = Filter(
    name="close",
    group="morphology",
    help="Fills dark specks and thin lines that are smaller than the square. The rest keeps its size and shape.",
    light="encoded",
    kind=Series(
        kinds=(
            Window(step=Extreme(radius=radius, largest=True), alpha="straight"),
            Window(step=Extreme(radius=radius, largest=False), alpha="straight"),
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
    example="close:radius=3",
)
