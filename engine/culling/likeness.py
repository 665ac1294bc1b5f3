"""What tells at a glance whether two pictures show the same: 64 bits to search by, colours to be sure. No files."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from engine.image import Pixels

Values = npt.NDArray[np.float32]

SIDE = 32
"""Of the square that the cosines are taken of."""
BITS = 8
"""Waves each way; the very longest, which are the frame's brightness, are left out (Zauner 2010, 3.2.1)."""
GRID = 8
"""Fields a side that colours are kept of."""
GAIN = 1.6
"""How much brighter one may be made to meet the other: about a stop and a half in codes of sRGB."""
DARK = 8.0
"""Levels added to both brightnesses, as noise is no likeness."""
APART = 20.0
"""Levels (root mean square over fields and channels) from which on two pictures are different ones."""
LONGER = 1.12
"""How much longer for its width one may be: 4:3 and 3:2 are crops of one another, which are no duplicates."""


def waves(luma: Values) -> int:
    """64 bits, alike for pictures that look alike (Zauner 2010, Implementation of pHash: the DCT hash).

    Each is whether one of the 8 x 8 longest cosine waves of a picture of 32 x 32 means is stronger than their median.
    """
    cosines = _cosines()
    found = cosines @ _means(luma, SIDE) @ cosines.T
    return int.from_bytes(np.packbits(found > np.median(found)).tobytes(), "big")


def colours(pixels: Pixels) -> bytes:
    """The mean colour of 8 x 8 fields, row by row, three bytes each; uint8, H x W x 1 or 3."""
    fields = np.stack([_means(pixels[..., channel], GRID) for channel in range(pixels.shape[2])], axis=2)
    return np.broadcast_to(np.rint(fields), (GRID, GRID, 3)).astype(np.uint8).tobytes()


def same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether widths and heights have about the same proportions."""
    return abs(math.log(one[0] * other[1] / (one[1] * other[0]))) < math.log(LONGER)


def difference(one: bytes, others: npt.NDArray[np.uint8]) -> Values:
    """How far, in levels, the colours of each of N x 192 others are from these, exposure apart."""
    ours = np.frombuffer(one, np.uint8).astype(np.float32)
    theirs = others.astype(np.float32)
    gain = np.clip((ours.mean() + DARK) / (theirs.mean(axis=1) + DARK), 1 / GAIN, GAIN)
    squares = np.mean((theirs * gain[:, None] - ours) ** 2, axis=1) / np.maximum(gain, 1)
    return np.asarray(np.sqrt(squares), np.float32)


@cache
def _cosines() -> Values:
    """The rows 1 to 8 of a DCT-II of length 32."""
    wave, place = np.arange(1, BITS + 1)[:, None], np.arange(SIDE)
    return np.asarray(np.cos(np.pi * wave * (2 * place + 1) / (2 * SIDE)), np.float32)


def _means(values: npt.NDArray[np.generic], side: int) -> Values:
    """The means of side x side fields of H x W values; a field has one value at least."""
    rows, columns = (np.arange(side) * length // side for length in values.shape)
    sums = np.add.reduceat(values, rows, axis=0, dtype=np.float32)
    sums = np.add.reduceat(sums, columns, axis=1, dtype=np.float32)
    heights = np.maximum(np.diff(rows, append=values.shape[0]), 1)
    widths = np.maximum(np.diff(columns, append=values.shape[1]), 1)
    return np.asarray(sums / np.outer(heights, widths), np.float32)
