"""Draws the pictures in engine/marks/pictures: `python -m docs.marks` writes them anew."""

from __future__ import annotations

import cmath
import math
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "engine" / "marks" / "pictures"
SIDE, FINER = 512, 4
"""Pixels, and how many times more are drawn on each side before they are averaged."""
BLADES = 6
OUTER, INNER, OPENING = 0.49, 0.44, 0.2
"""Radii of the ring and of the opening, in parts of the side."""
WIDTH = 0.02
"""Of the gaps between blades."""


def aperture() -> Image.Image:
    """A lens aperture of six blades, white where there is something."""
    side = SIDE * FINER
    cover = Image.new("L", (side, side))
    draw = ImageDraw.Draw(cover)
    middle = side / 2.0
    for radius, fill in ((OUTER, 255), (INNER, 0), (INNER - WIDTH, 255)):
        draw.ellipse(
            [middle - radius * side, middle - radius * side, middle + radius * side, middle + radius * side], fill
        )
    corners = [OPENING * side * cmath.exp(2j * math.pi * k / BLADES) + middle * (1 + 1j) for k in range(BLADES)]
    draw.polygon([(each.real, each.imag) for each in corners], 0)
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        end = here + (there - here) / abs(there - here) * side * OUTER
        draw.line([here.real, here.imag, end.real, end.imag], 0, round(WIDTH * side))
    small = cover.resize((SIDE, SIDE), Image.Resampling.BOX)
    return Image.merge("LA", [Image.new("L", small.size, 255), small])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    aperture().save(FOLDER / "aperture.png", optimize=True)
