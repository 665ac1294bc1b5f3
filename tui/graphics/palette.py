"""Pictures in the 256 colours of xterm, all pixels at once. Agrees with `tui.output.xterm`, which does one colour."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tui.output.xterm import CHROMA, CUBE, TO_LAB, TO_LMS, linear, perceived, rgb

Pixels = NDArray[np.uint8]
"""H x W x 3, red, green, blue."""
Seen = NDArray[np.float32]
"""... x 3: colours in Oklab, a and b stretched as `tui.output.xterm` says."""


def to_256(pixels: Pixels) -> NDArray[np.int32]:
    """The number, 16 to 255, of the colour that looks nearest for every pixel: H x W."""
    palette = palette_seen()
    nearness = colours_seen(pixels) @ palette.T - (palette**2).sum(axis=1) / 2
    numbers: NDArray[np.int32] = nearness.argmax(axis=-1).astype(np.int32) + CUBE
    return numbers


def colours_seen(pixels: Pixels) -> Seen:
    """Every pixel as it is perceived."""
    light = np.array([linear(value) for value in range(256)], np.float32)[pixels]
    cones = np.cbrt(light @ np.array(TO_LMS, np.float32).T)
    seen: Seen = cones @ (np.array(TO_LAB, np.float32) * np.array([[1], [CHROMA], [CHROMA]], np.float32)).T
    return seen


@cache
def palette_seen() -> Seen:
    """The colours 16 to 255 as they are perceived: 240 x 3."""
    return np.array([perceived(*rgb(number)) for number in range(CUBE, 256)], np.float32)
