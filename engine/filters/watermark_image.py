"""Watermark image: a picture from a file over the picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.filter import Filter, Floats, Size, Values
from engine.filters.watermark import MARGIN, POSITION, laid, place, room_within
from engine.kinds.overlay import Overlay
from engine.parameters import File, Slider

if TYPE_CHECKING:
    from engine.marks import Mark
    from engine.marks.picture import Stencil

MOST_BYTES = 256 << 20


def read(path: str) -> Stencil:
    """The picture of a file; SpecError where it cannot be decoded."""
    from engine.marks.picture import read_stencil

    return read_stencil(path)


FILE = File(
    name="file",
    default="aperture",
    help="The picture to lay over this one, with its transparency; aperture comes with Safelight.",
    allowed="a picture's file, such as logo.png, or aperture",
    read=read,
    most=MOST_BYTES,
    folder=str(Path(__file__).parent.parent / "marks" / "pictures"),
    suffix=".png",
)


def stencil(values: Values) -> Stencil:
    """The picture that a step names."""
    made: Stencil = FILE.content(values["file"])
    return made


def mark(values: Values, size: Size) -> Mark:
    """The picture, as large as there is room for within the margins."""
    from engine.marks.picture import fitted

    return fitted(stencil(values), min(size) * values["size"] / 100.0, room_within(values, size))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """What a mark's pixels are is what Pillow resamples; where they lie and what they do is worked out by `laid`."""
    front = mark(values, (colour.shape[0], colour.shape[1])) / 255.0
    return laid(front, colour, alpha, values, stencil(values).coloured)


FILTER = Filter(
    name="watermark-image",
    group="look",
    help="Lays a picture such as a logo over this one, in a corner, at an edge or again and again all over it. Its "
    "transparency counts, and the step's opacity makes it fainter.",
    light="encoded",
    kind=Overlay(mark=mark, place=place, coloured=lambda values: stencil(values).coloured),
    oracle=oracle,
    parameters=(
        FILE,
        Slider(
            name="size",
            default=12.0,
            low=0.1,
            high=1000.0,
            control=(1.0, 100.0),
            step=1.0,
            unit="%",
            help="The mark's longer side as a part of the picture's shorter one; it is made as small as it must be to "
            "fit.",
        ),
        POSITION,
        MARGIN,
    ),
    example="watermark-image:size=25",
)
