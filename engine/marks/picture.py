"""A picture from a file as a mark: upright, in sRGB, of 8 bits a sample, with its alpha."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import ImageError, SpecError
from engine.marks import Mark

SIDE = 4096
"""Pixels of a side that are kept, at most; a larger picture is reduced when it is read."""


@dataclass(frozen=True, slots=True, eq=False)
class Stencil:
    """A picture to make marks of."""

    pixels: Mark
    coloured: bool
    """Whether anything of it that can be seen is not grey."""


def read_stencil(path: str) -> Stencil:
    """Of a picture's file; SpecError with one sentence where it cannot be decoded."""
    from engine.files.limits import Limits
    from engine.files.proxy import proxy

    try:
        pixels = proxy(path, SIDE, SIDE, Limits()).pixels
    except ImageError as error:
        raise SpecError(str(error)) from None
    colours, alpha = (pixels[..., :-1], pixels[..., -1]) if pixels.shape[2] % 2 == 0 else (pixels, 255)
    made = np.empty((*pixels.shape[:2], 4), np.uint8)
    made[..., :3], made[..., 3] = colours, alpha
    seen = made[made[..., 3] > 0]
    made.flags.writeable = False
    return Stencil(made, bool((seen[:, :2] != seen[:, 1:3]).any()))


def fitted(stencil: Stencil, longer: float, room: tuple[int, int]) -> Mark:
    """The picture with its longer side of so many pixels, or as large as it may be in a room of that height and width.

    Pillow's resampling, colours weighted by alpha: Hamming's window to reduce, bicubic to enlarge.
    """
    from PIL import Image

    from engine.files.pillow import from_pixels, shrink

    height, width = stencil.pixels.shape[:2]
    scale = min(longer / max(height, width), room[0] / height, room[1] / width)
    rows, columns = max(1, int(height * scale + 0.5)), max(1, int(width * scale + 0.5))
    picture = from_pixels(stencil.pixels)
    smaller = scale <= 1.0
    made = shrink(picture, columns, rows) if smaller else picture.resize((columns, rows), Image.Resampling.BICUBIC)
    return np.asarray(made)
