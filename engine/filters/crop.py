"""Crop."""

from __future__ import annotations

from engine.errors import SpecError
from engine.filter import Crop, Filter, Floats, Size, Values
from engine.parameters import Choice, Slider

ASPECTS = {"free": 0.0, "square": 1.0, "5x4": 5 / 4, "4x3": 4 / 3, "3x2": 3 / 2, "16x9": 16 / 9, "2x1": 2.0}
"""The longer side over the shorter."""


def region(values: Values, size: Size) -> tuple[int, int, int, int]:
    """Margins rounded to pixels; of what they leave, the largest part of that aspect, in the middle."""
    top, height = _between(values["top"], values["bottom"], size[0])
    left, width = _between(values["left"], values["right"], size[1])
    aspect = list(ASPECTS.values())[int(values["aspect"])]
    if aspect:
        narrow, wide = min(height, width), max(height, width)
        short, long = min(narrow, round(wide / aspect)), min(wide, round(narrow * aspect))
        rows, columns = (short, long) if width >= height else (long, short)
        rows, columns = max(1, rows), max(1, columns)
        top, height, left, width = top + (height - rows) // 2, rows, left + (width - columns) // 2, columns
    return top, left, height, width


def _between(before: float, after: float, size: int) -> tuple[int, int]:
    """Where a part begins and how long it is, at least a pixel, when so many percent are left out on each side."""
    first = min(round(size * before / 100.0), size - 1)
    return first, max(1, size - round(size * after / 100.0) - first)


def check(values: Values) -> None:
    """Opposite margins must leave something."""
    for one, other in (("left", "right"), ("top", "bottom")):
        if values[one] + values[other] > 99.0:
            raise SpecError(f"crop: {one} and {other} leave nothing of the picture; together they may be 99 %.")


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The slice."""
    top, left, height, width = region(values, (colour.shape[0], colour.shape[1]))
    rows, columns = slice(top, top + height), slice(left, left + width)
    return colour[rows, columns], None if alpha is None else alpha[rows, columns]


def margin(name: str) -> Slider:
    """How much is cut off on one side."""
    return Slider(
        name=name,
        default=0.0,
        low=0.0,
        high=99.0,
        control=(0.0, 50.0),
        step=0.5,
        unit="%",
        help=f"How much of the picture is cut off {PLACES[name]}.",
    )


PLACES = {"left": "on the left", "right": "on the right", "top": "at the top", "bottom": "at the bottom"}

FILTER = Filter(
    name="crop",
    group="geometry",
    help="Cuts off the edges of the picture. With an aspect, the largest part of that shape in the middle stays.",
    light="any",
    kind=Crop(region=region),
    oracle=oracle,
    parameters=(
        *(margin(name) for name in PLACES),
        Choice(
            name="aspect",
            choices=tuple(ASPECTS),
            default=0.0,
            help="The longer side over the shorter one, upright or lying as the picture is.",
        ),
    ),
    neutral={**dict.fromkeys(PLACES, 0.0), "aspect": 0.0},
    check=check,
    forms={"margins": tuple(PLACES)},
    example="crop:left=10,top=5,aspect=3x2",
)
