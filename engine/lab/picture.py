"""The picture that the job is done on: a person's own, or one made up. It writes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.files.decode import decode
from engine.files.depth import to_depth
from engine.files.limits import Limits

if TYPE_CHECKING:
    from engine.lab.job import Bytes

MADE_UP = 6.0
"""Megapixels."""


def picture_of(path: str | None) -> Bytes:
    """H x W x 3 of 8 bits, in the picture's own colours; SafelightError when the file cannot be read."""
    if path is None:
        from engine.bench.picture import photograph

        return photograph(MADE_UP)
    pixels = to_depth(decode(path, Limits()).image.pixels, 8)
    colours = pixels[..., :3] if pixels.shape[2] >= 3 else np.repeat(pixels[..., :1], 3, axis=2)
    return np.ascontiguousarray(colours, np.uint8)
