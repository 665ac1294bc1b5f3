"""Pictures in the 256 colours of xterm, all pixels at once. Agrees with `tui.output.xterm`, which does one colour."""

import numpy as np
from numpy.typing import NDArray

from tui.output.xterm import CHROMA, CUBE, TO_LAB, TO_LMS, linear, perceived, rgb

Pixels = NDArray[np.uint8]
"""H x W x 3, red, green, blue."""


def to_256(pixels: Pixels) -> NDArray[np.int32]:
    """The number, 16 to 255, of the colour that looks nearest for every pixel: H x W."""
    light = np.array([linear(value) for value in range(256)], np.float32)[pixels]
    cones = np.cbrt(light @ np.array(TO_LMS, np.float32).T)
    seen = cones @ (np.array(TO_LAB, np.float32) * np.array([[1], [CHROMA], [CHROMA]], np.float32)).T
    palette = np.array([perceived(*rgb(number)) for number in range(CUBE, 256)], np.float32)
    nearness = seen @ palette.T - (palette**2).sum(axis=1) / 2
    numbers: NDArray[np.int32] = nearness.argmax(axis=-1).astype(np.int32) + CUBE
    return numbers
