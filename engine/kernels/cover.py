"""What a mask's picture, stretched over the whole picture, has at a row of places; no stage of its own."""

from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.intrinsics import pointer_to
from engine.kernels.signature import f4

HEAD = 2
"""Height and width come first, then the rows of 16-bit codes, two dressed as each number."""
FULL = 65535.0


@register_jitable
def read_cover(begin: Any, first: Any, count: Any, shares: Any) -> None:
    """Shares of `count` pixels from the picture at address `begin`, linear between four codes; edges go on.

    `first` are the first pixel's column, its row's centre, and width and height of the whole. Places are float64: where
    black is beside white a float32 one would be seen.
    """
    left, y, width, height = first
    head = carray(pointer_to(begin), (HEAD,), np.float32)
    down, across = int(head[0]), int(head[1])
    codes = carray(pointer_to(begin + 4 * HEAD), (down * across,), np.uint16)
    v = min(max(np.float64(y) * np.float64(down) / np.float64(height) - 0.5, 0.0), np.float64(down - 1))
    top = int(v)
    below, upper = min(top + 1, down - 1) * across, top * across
    part = v - np.float64(top)
    for k in range(count):
        place = (np.float64(left + k) + 0.5) * np.float64(across) / np.float64(width) - 0.5
        u = min(max(place, 0.0), np.float64(across - 1))
        column = int(u)
        right, along = min(column + 1, across - 1), u - np.float64(column)
        high = np.float64(codes[upper + column]) * (1.0 - along) + np.float64(codes[upper + right]) * along
        low = np.float64(codes[below + column]) * (1.0 - along) + np.float64(codes[below + right]) * along
        shares[k] = f4((high * (1.0 - part) + low * part) / FULL)
