"""The door to every way of drawing a picture: the colours decide which. Called off the event loop."""

import numpy as np

from tui.graphics.half_blocks import half_blocks
from tui.graphics.letters import letters
from tui.graphics.palette import Pixels
from tui.output.colours import Depth
from tui.output.strip import CellStrip


def draw(pixels: Pixels, depth: Depth) -> tuple[CellStrip, ...]:
    """Strips for a picture of height x columns x 3, uint8, two rows of pixels to each; an odd last row counts twice."""
    if pixels.shape[0] % 2:
        pixels = np.concatenate((pixels, pixels[-1:]))
    return letters(pixels) if depth == "none" else half_blocks(pixels, depth)
