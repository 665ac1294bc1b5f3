"""Open: erosion, then dilation."""

from __future__ import annotations

from engine.filter import Filter, Floats, Series, Values
from engine.filters import dilate, erode


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's minimum of a square, then the maximum of one, borders replicated each time."""
    return dilate.oracle(*erode.oracle(colour, alpha, values), values)


FILTER = Filter(
    name="open",
    group="morphology",
    help="Removes bright specks and thin lines that are smaller than the square. The rest keeps its size and shape.",
    light="encoded",
    kind=Series(kinds=(erode.ERODED, dilate.DILATED)),
    oracle=oracle,
    parameters=(erode.RADIUS,),
    neutral={"radius": 0.0},
    example="open:radius=3",
)
