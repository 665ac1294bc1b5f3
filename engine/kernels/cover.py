"""What a mask's picture, stretched over the whole picture, has at a row of places; no stage of its own."""

from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.intrinsics import pointer_to
from engine.kernels.signature import f4, i4

HEAD = 2
"""Height and width come first, then the rows of 16-bit codes, two dressed as each number."""
FULL = 65535.0


@register_jitable
def between(place: Any, count: Any, size: Any) -> Any:
    """The pixel of `count` before the centre of pixel `place` of `size`, and what is left, in parts of 2 size."""
    # In whole numbers, as a place that is off by a thousandth of a pixel is seen where black is beside white.
    far = (2 * place + 1) * count - size
    first = far // (2 * size)
    return first, far - first * 2 * size


@register_jitable
def read_cover(begin: Any, first: Any, count: Any, shares: Any) -> None:
    """Shares of `count` pixels from the picture at address `begin`, linear between four codes; edges go on.

    `first` are the first pixel's column, its row's centre, and width and height of the whole.
    """
    left, y, width, height = np.int64(first[0]), np.int64(first[1]), np.int64(first[2]), np.int64(first[3])
    head = carray(pointer_to(begin), (HEAD,), np.float32)
    down, across = np.int64(head[0]), np.int64(head[1])
    codes = carray(pointer_to(begin + 4 * HEAD), (down * across,), np.uint16)
    top, rest = between(y, down, height)
    part = f4(i4(rest)) / f4(i4(2 * height))
    upper, below = max(top, 0) * across, min(top + 1, down - 1) * across
    column, rest = between(left, across, width)
    whole, more = across // width, 2 * (across % width)
    for k in range(count):
        here, beside = min(max(column, 0), across - 1), min(column + 1, across - 1)
        along = f4(i4(rest)) / f4(i4(2 * width))
        above, under = f4(i4(codes[upper + here])), f4(i4(codes[below + here]))
        above += (f4(i4(codes[upper + beside])) - above) * along
        under += (f4(i4(codes[below + beside])) - under) * along
        shares[k] = (above + (under - above) * part) * f4(1.0 / FULL)
        column, rest = column + whole, rest + more
        if rest >= 2 * width:
            column, rest = column + 1, rest - 2 * width
