"""A line of text as a mark: letters of one colour, with an outline or without, anti-aliased and turned by Pillow."""

from __future__ import annotations

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

STRIP = 1 << 18
"""Pixels whose colours are worked out at a time."""
SMALLEST = 1.0
"""Of a font, in pixels."""
ATTEMPTS = 4
"""At a size that fits: small letters are as wide as whole pixels are, so twice as small is not twice as narrow."""
LOOKED_AT = 32.0
"""The size at which letters are compared with the sign for a missing one."""
FONT_BYTES = 64 << 20
"""Of a font file, at most: those for all the world's letters have about 20 MB."""
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


def lettered(lettering: Lettering, size: float, room: tuple[int, int]) -> Mark:
    """Letters of that size in pixels, or as large as they may be in a room of that height and width, and no more.

    SpecError for letters that the font lacks.
    """
    missing = _missing(lettering.text, lettering.font)
    if missing:
        raise SpecError(
            f"The font lacks {' '.join(missing)}; choose a font file that has "
            f"{'it' if len(missing) == 1 else 'them'} by font=, or write something else."
        )
    fitting = max(SMALLEST, size)
    for _ in range(ATTEMPTS):
        height, width = _turned(lettering, _box(lettering, fitting))
        fitting = max(SMALLEST, fitting * min(1.0, room[0] / max(1.0, height), room[1] / max(1.0, width)))
    letters, around = (_drawn(lettering, fitting, stroke) for stroke in (0.0, lettering.outline * fitting))
    inked = around.getbbox() or (0, 0, 1, 1)
    return _coloured(lettering, letters.crop(inked), around.crop(inked))


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
    """Each pixel's part under letters in their colour, the rest of what they cover with their outline in its own."""
    mark = np.empty((letters.height, letters.width, 4), np.uint8)
    mark[...] = (*lettering.colour, 0)
    mark[..., 3] = np.asarray(around)
    if lettering.outline:
        inside = np.asarray(letters)
        rows = max(1, STRIP // letters.width)
        for top in range(0, letters.height, rows):
            part = mark[top : top + rows]
            np.maximum(part[..., 3], inside[top : top + rows], out=part[..., 3])
            share = inside[top : top + rows] / np.maximum(1.0, part[..., 3])
            for channel, (inner, outer) in enumerate(zip(lettering.colour, lettering.outlined, strict=True)):
                part[..., channel] = np.floor(outer + (inner - outer) * share + 0.5)
    return mark


def read_font(path: str) -> bytes:
    """A font file as it is; SpecError where it is none."""
    try:
        with open(path, "rb") as file:
            font = file.read(FONT_BYTES)
        _font(font, LOOKED_AT)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SpecError(f"{path} is no font ({reason}); choose a TrueType or OpenType file.") from None
    return font


def _font(font: bytes, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    made = ImageFont.truetype(BytesIO(font), size) if font else ImageFont.load_default(size)
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
