"""Watermark: a line of text over the picture."""

from __future__ import annotations

import numpy as np

from engine.errors import SpecError
from engine.filter import Filter, Floats, Size, Values
from engine.kinds.overlay import Overlay
from engine.marks import POSITIONS, Mark, Place, placed
from engine.marks.lettering import FONT_BYTES, Lettering, lettered, read_font
from engine.parameters import Choice, Colour, File, Slider, Text

LONGEST = 200
"""Characters."""


def read(text: str) -> str:
    """The text itself; SpecError where it is too long, or could not be typed in a specification."""
    if len(text) > LONGEST:
        raise SpecError(f"it has {len(text)} characters; write at most {LONGEST}.")
    if '"' in text and "'" in text:
        raise SpecError("it holds quotes of both kinds; use one kind, or typographic ones.")
    return text


FONT = File(
    name="font",
    default="",
    help="A font file to write with; without one, a plain font for the letters of English.",
    allowed="a TrueType or OpenType file (.ttf, .otf)",
    read=read_font,
    most=FONT_BYTES,
)


def codes(value: float) -> tuple[int, int, int]:
    """Red, green and blue from 0 to 255."""
    return int(value) >> 16, int(value) >> 8 & 255, int(value) & 255


def mark(values: Values, size: Size) -> Mark:
    """The letters, as large as there is room for within the margins; nothing for an empty text."""
    if not values["text"].strip():
        return np.zeros((1, 1, 4), np.uint8)
    lettering = Lettering(
        values["text"],
        codes(values["colour"]),
        values["outline"] / 100.0,
        codes(values["outline-colour"]),
        values["angle"],
        FONT.content(values["font"]) if values["font"] else b"",
    )
    return lettered(lettering, min(size) * values["size"] / 100.0, room_within(values, size))


def room_within(values: Values, size: Size) -> Size:
    """Height and width that a mark may have: the margins are free unless it is tiled."""
    tiled = POSITIONS[int(values["position"])] == "tiled"
    around = 0 if tiled else 2 * int(min(size) * values["margin"] / 100.0 + 0.5)
    return max(1, size[0] - around), max(1, size[1] - around)


def place(values: Values, size: Size, marked: Size) -> Place:
    """By its position and margin."""
    return placed(int(values["position"]), values["margin"], size, marked)


def coloured(values: Values) -> bool:
    """Whether letters or outline are of a colour."""
    return len({*codes(values["colour"])}) > 1 or (
        values["outline"] > 0.0 and len({*codes(values["outline-colour"])}) > 1
    )


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """How letters cover pixels is what Pillow draws; where they lie and what they do is worked out by `laid`."""
    if not values["text"].strip():
        return colour, alpha
    return laid(mark(values, (colour.shape[0], colour.shape[1])) / 255.0, colour, alpha, values, coloured(values))


def laid(
    front: Floats, colour: Floats, alpha: Floats | None, values: Values, has_colours: bool
) -> tuple[Floats, Floats | None]:
    """Porter and Duff's `over` (Compositing digital images, SIGGRAPH 1984) with premultiplied colours.

    A tiled mark comes again after its own size and the margin, and half the margin comes before the first.
    """
    height, width = colour.shape[:2]
    tall, wide = front.shape[:2]
    apart = int(np.floor(min(height, width) * values["margin"] / 100.0 + 0.5))
    rows, columns = np.arange(height), np.arange(width)
    if values["position"] == 9.0:
        rows, columns = (rows - apart // 2) % (tall + apart), (columns - apart // 2) % (wide + apart)
    else:
        down, across = divmod(int(values["position"]), 3)
        rows = rows - [apart, (height - tall) // 2, height - tall - apart][down]
        columns = columns - [apart, (width - wide) // 2, width - wide - apart][across]
    spread = front[np.clip(rows, 0, tall - 1)][:, np.clip(columns, 0, wide - 1)]
    inside = ((rows >= 0) & (rows < tall))[:, np.newaxis] & ((columns >= 0) & (columns < wide))
    cover = np.where(inside, spread[..., 3], 0.0)[..., np.newaxis]
    ink = spread[..., : colour.shape[2] if not has_colours else 3]
    back = np.ones_like(cover) if alpha is None else alpha[..., np.newaxis]
    total = cover + back * (1.0 - cover)
    seen = (ink * cover + colour * back * (1.0 - cover)) / np.where(total > 0.0, total, 1.0)
    return np.where(total > 0.0, seen, colour), None if alpha is None else total[..., 0]


POSITION = Choice(
    name="position",
    choices=POSITIONS,
    default=float(POSITIONS.index("bottom-right")),
    help="Where the mark stands, or tiled: again and again.",
)
MARGIN = Slider(
    name="margin",
    default=3.0,
    low=0.0,
    high=50.0,
    control=(0.0, 20.0),
    step=0.5,
    unit="%",
    help="The distance from the picture's edges, or from one mark to the next, as a part of the shorter side.",
)
FILTER = Filter(
    name="watermark",
    group="look",
    help="Writes a line of text over the picture, in a corner, at an edge or again and again all over it. For letters "
    "that let the picture through, lower the step's opacity.",
    light="encoded",
    kind=Overlay(mark=mark, place=place, coloured=coloured),
    oracle=oracle,
    parameters=(
        Text(
            name="text",
            default="© Your name",
            allowed=f"up to {LONGEST} characters on one line",
            read=read,
            examples=("", "A", "Prints, 20 x 30: ask [me]!", "2026"),
            help="What is written; nothing changes nothing.",
        ),
        FONT,
        Slider(
            name="size",
            default=4.0,
            low=0.1,
            high=100.0,
            control=(1.0, 25.0),
            step=0.5,
            unit="%",
            help="The size of the letters as a part of the picture's shorter side; a long text is made as small as it "
            "must be to fit.",
        ),
        POSITION,
        MARGIN,
        Colour(name="colour", default=float(0xFFFFFF), help="The colour of the letters."),
        Slider(
            name="outline",
            default=0.0,
            low=0.0,
            high=50.0,
            control=(0.0, 10.0),
            step=1.0,
            unit="%",
            help="The width of a line around the letters, as a part of their size: to be read on any ground.",
        ),
        Colour(name="outline-colour", default=0.0, help="The colour of that line."),
        Slider(
            name="angle",
            default=0.0,
            low=-360.0,
            high=360.0,
            control=(-90.0, 90.0),
            step=5.0,
            unit="°",
            help="How far the text is turned to the left.",
        ),
    ),
    neutral={"text": ""},
    example="watermark:text=© Safelight,size=8,outline=6",
)
