"""A line of text as a mark: letters of one colour, with an outline or without, anti-aliased and turned by Pillow."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import SpecError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    from engine.marks import Mark

KEPT = 4
"""Marks that are kept for the next picture of the same size."""
SMALLEST = 1.0
"""Of a font, in pixels."""
LOOKED_AT = 32.0
"""The size at which letters are compared with the sign for a missing one."""
UNUSED = "\U0010ffff"
"""No font has a letter for it: it is the last code point of all, and no character."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """What is written, and how; colours are red, green and blue of 0 to 255."""

    text: str
    colour: tuple[int, int, int]
    outline: float
    """The outline's width in parts of the letters' size."""
    outlined: tuple[int, int, int]
    angle: float
    """In degrees to the left."""
    font: bytes = b""
    """A TrueType or OpenType file; empty: the font that comes with Pillow."""


@functools.lru_cache(KEPT)
def lettered(lettering: Lettering, size: float, room: tuple[int, int]) -> Mark:
    """Letters of that size in pixels, or as large as they may be in a room of that height and width.

    Rows of pixels of four samples, straight alpha last. SpecError for letters that the font lacks, or for no font.
    """
    missing = _missing(lettering.text, lettering.font)
    if missing:
        raise SpecError(
            f"The font lacks {' '.join(missing)}; choose a font file that has "
            f"{'it' if len(missing) == 1 else 'them'} by font=, or write something else."
        )
    largest = max(SMALLEST, size)
    height, width = _turned(lettering, _box(lettering, largest))
    fitting = max(SMALLEST, largest * min(1.0, room[0] / max(1.0, height), room[1] / max(1.0, width)))
    letters, around = (_drawn(lettering, fitting, stroke) for stroke in (0.0, lettering.outline * fitting))
    return _coloured(lettering, letters, around)


def _turned(lettering: Lettering, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Height and width of what stands around a box that is turned."""
    turned = math.radians(lettering.angle)
    cosine, sine = abs(math.cos(turned)), abs(math.sin(turned))
    width, height = box[2] - box[0], box[3] - box[1]
    return width * sine + height * cosine, width * cosine + height * sine


def _box(lettering: Lettering, size: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the letters with their outline."""
    return _font(lettering.font, size).getbbox(lettering.text, stroke_width=lettering.outline * size)


def _drawn(lettering: Lettering, size: float, stroke: float) -> Image:
    """How far each pixel is covered by letters with an outline as wide, 0 to 255, in the room that the widest needs."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = _box(lettering, size)
    first = math.floor(left), math.floor(top)
    covered = Image.new("L", (max(1, math.ceil(right) - first[0]), max(1, math.ceil(bottom) - first[1])))
    draw, font = ImageDraw.Draw(covered), _font(lettering.font, size)
    draw.text((-first[0], -first[1]), lettering.text, fill=255, font=font, stroke_width=stroke)
    return covered.rotate(lettering.angle, Image.Resampling.BICUBIC, expand=True)


def _coloured(lettering: Lettering, letters: Image, around: Image) -> Mark:
    """The letters over their outline (Porter and Duff, Compositing digital images, SIGGRAPH 1984), rounded."""
    over = np.asarray(letters, np.float64)[..., np.newaxis] / 255.0
    hidden = np.asarray(around, np.float64)[..., np.newaxis] / 255.0 * (1.0 - over)
    covered = over + hidden
    colours = over * np.array(lettering.colour) + hidden * np.array(lettering.outlined)
    straight = np.where(covered > 0.0, colours / np.where(covered > 0.0, covered, 1.0), lettering.colour)
    mark: Mark = np.floor(np.dstack([straight, 255.0 * covered]) + 0.5).astype(np.uint8)
    mark.flags.writeable = False
    return mark


def _font(font: bytes, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    try:
        made = ImageFont.truetype(BytesIO(font), size) if font else ImageFont.load_default(size)
    except (OSError, ValueError) as error:
        raise SpecError(f"The font cannot be read ({error}); choose a TrueType or OpenType file.") from None
    assert isinstance(made, ImageFont.FreeTypeFont)
    return made


def _missing(text: str, font: bytes) -> list[str]:
    """Characters for which the font has only the sign that stands for any it lacks, each once."""
    made = _font(font, LOOKED_AT)

    def shape(character: str) -> tuple[tuple[int, int], bytes]:
        mask = made.getmask(character)
        return mask.size, bytes(mask)

    lacking = shape(UNUSED)
    return [each for each in dict.fromkeys(text) if not each.isspace() and shape(each) == lacking]
