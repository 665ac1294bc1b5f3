"""Between depths, and without alpha: rounding, clipping, laying on white. It knows no colour profile."""

import numpy as np

from engine.image import DEPTHS, Pixels

WHITE = 255
BLOCK_ROWS = 64
BLOCK_BYTES = 5 * 8
"""For each number of a block of floats that are rounded: five blocks of doubles at a time."""


def depth_of(pixels: Pixels) -> int:
    """8, 16 or 32 bits a channel."""
    return DEPTHS[pixels.dtype]


def converting(shape: tuple[int, ...], depth: int, to: int) -> int:
    """Bytes of memory that `to_depth` takes at most, by the pixels' shape and the bits a channel before and after."""
    if depth == to:
        return 0
    height, width, channels = shape
    blocks = BLOCK_BYTES * min(height, BLOCK_ROWS) * width * channels if depth == 32 else 0
    return height * width * channels * to // 8 + blocks


def to_depth(pixels: Pixels, depth: int) -> Pixels:
    """The pixels at 8 or 16 bits, rounded half up; floats are clipped to 0 to 1, NaN is black. Or itself."""
    own = depth_of(pixels)
    if depth == own:
        return pixels
    if own == 32:
        return _from_float(pixels, depth)
    if own == 16:
        table = ((np.arange(65536, dtype=np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
        return table[pixels]
    return pixels.astype(np.uint16) * np.uint16(257)


def _from_float(pixels: Pixels, depth: int) -> Pixels:
    result = np.empty(pixels.shape, np.uint8 if depth == 8 else np.uint16)
    # Doubles, as floats round some halves the wrong way at 16 bits; in blocks, as doubles are large.
    for top in range(0, len(pixels), BLOCK_ROWS):
        block = np.nan_to_num(pixels[top : top + BLOCK_ROWS].astype(np.float64), nan=0.0, posinf=1.0, neginf=0.0)
        result[top : top + BLOCK_ROWS] = np.clip(block, 0, 1) * (2**depth - 1) + 0.5
    return result


def whitening(shape: tuple[int, ...]) -> int:
    """Bytes of memory that `on_white` takes at most: its result, and colour, alpha and their products at 16 bits."""
    height, width, channels = shape
    return height * width * (3 * (channels - 1) + 4)


def on_white(pixels: Pixels) -> Pixels:
    """8-bit pixels with alpha laid over white: the same without alpha."""
    colour = pixels[..., :-1].astype(np.uint16)
    alpha = pixels[..., -1:].astype(np.uint16)
    colour *= alpha
    colour += WHITE * (WHITE - alpha)
    colour += np.uint16(WHITE // 2)
    colour //= np.uint16(WHITE)
    return colour.astype(np.uint8)
