"""How often each tone occurs in a picture, and how much of it is all black or all white. Draws nothing."""

from typing import NamedTuple

import numpy as np

from tui.graphics.palette import Pixels

CODES = 256
LUMA = (0.2126, 0.7152, 0.0722)
"""Of red, green and blue in encoded values: Y' of ITU-R BT.709, which has sRGB's primaries."""


class Channel(NamedTuple):
    """One of luma, red, green and blue."""

    counts: tuple[int, ...]
    """Pixels of each of 256 codes, from black to white."""
    black: float
    """Share of the pixels at 0."""
    white: float
    """Share of the pixels at 255."""


class Tones(NamedTuple):
    """Of the picture as it is shown, after its filters."""

    luma: Channel
    red: Channel
    green: Channel
    blue: Channel


def tones_of(pixels: Pixels) -> Tones | None:
    """Of H x W x 3, uint8, encoded values; None where there is no pixel."""
    if not pixels.size:
        return None
    luma = np.rint(pixels @ np.array(LUMA, np.float32)).astype(np.uint8)
    return Tones(_channel(luma), *(_channel(pixels[:, :, channel]) for channel in range(3)))


def _channel(codes: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Channel:
    counts = np.bincount(codes.ravel(), minlength=CODES)
    return Channel(tuple(counts.tolist()), counts[0] / codes.size, counts[-1] / codes.size)
