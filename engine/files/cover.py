"""A picture as what it covers: its luma times its alpha, as 16-bit codes in bounded memory. It scales no picture up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import ImageError, SpecError
from engine.files.limits import Limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

LUMA = (0.3, 0.59, 0.11)
"""As blend modes have it."""
FULL = 65535.0
MOST_PIXELS = 1 << 24
"""That are kept, 32 MB; of more, squares are averaged."""
STRIP = 1 << 20
"""Pixels that are turned into float32 numbers at a time, roughly."""


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """How far each pixel covers what is below it."""

    codes: NDArray[np.uint16]
    """Height x width; 65535 covers all. Not to be written to."""

    @property
    def dressed(self) -> NDArray[np.float32]:
        """The same, two codes in each number, as a kernel takes them."""
        flat = self.codes.ravel()
        return np.pad(flat, (0, flat.size % 2)).view(np.float32)


def read_cover(path: str, most: int = MOST_PIXELS) -> Cover:
    """Of a picture's file; SpecError with one sentence where it cannot be decoded."""
    from engine.files.decode import decode

    try:
        pixels = decode(path, Limits()).image.pixels
    except ImageError as error:
        raise SpecError(str(error)) from None
    height, width = pixels.shape[:2]
    side = 1
    while -(-height // side) * -(-width // side) > most:
        side += 1
    codes = np.empty((-(-height // side), -(-width // side)), np.uint16)
    rows = max(1, STRIP // (side * width))
    for top in range(0, len(codes), rows):
        levels = _levels(pixels[top * side : (top + rows) * side])
        codes[top : top + rows] = _averaged(levels, side) * FULL + 0.5
    codes.flags.writeable = False
    return Cover(codes)


def _levels(pixels: NDArray[Any]) -> NDArray[np.float32]:
    """Luma times alpha, 0 to 1; 0 where there is no number."""
    top = 1.0 if pixels.dtype == np.float32 else float(np.iinfo(pixels.dtype).max)
    values = np.clip(
        np.nan_to_num(pixels.astype(np.float32) / np.float32(top), nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0
    )
    levels: NDArray[np.float32] = values[..., 0]
    if values.shape[2] > 2:
        levels = values[..., :3] @ np.array(LUMA, np.float32)
    return levels * values[..., -1] if values.shape[2] % 2 == 0 else levels


def _averaged(levels: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Squares' means; those at the right and at the bottom may be narrower."""
    height, width = levels.shape
    down, across = np.arange(0, height, side), np.arange(0, width, side)
    sums = np.add.reduceat(np.add.reduceat(levels, down, axis=0), across, axis=1)
    counts = np.minimum(side, height - down)[:, np.newaxis] * np.minimum(side, width - across)
    made: NDArray[np.float32] = np.minimum(sums / counts.astype(np.float32), np.float32(1.0))
    return made
