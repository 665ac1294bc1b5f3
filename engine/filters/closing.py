"""Close: dilation, then erosion."""

from __future__ import annotations

from engine.filter import Filter, Floats, Series, Values
from engine.filters import dilate, erode


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's maximum of a square, then the minimum of one, borders replicated each time."""
    return erode.oracle(*dilate.oracle(colour, alpha, values), values)


FILTER = Filter(
    name="close",
    group="morphology",
    help="Fills dark specks and thin lines that are smaller than the square. The rest keeps its size and shape.",
    light="encoded",
    kind=Series(kinds=(dilate.DILATED, erode.ERODED)),
    oracle=oracle,
    parameters=(erode.RADIUS,),
    neutral={"radius": 0.0},
    example="close:radius=3",
)
