"""Stage: a function of each sample's 3 x 3 square, on codes as they lie in memory or on float32 planes; alpha stays."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)
from engine.kernels.room import room
from engine.kernels.signature import f4, i4

STRIP = 1024
"""Samples at a time: three rows of them as float32 stay in the L1 cache."""
WIDE = STRIP + 8
"""With those that lie beside them in the picture, which are at most four channels away."""
ROOM = 3 * WIDE

Codes = type[np.uint8] | type[np.uint16] | type[np.float32]


@register_jitable
def copy_every(line: Any, out: Any, first: Any, step: Any) -> None:
    """Every so-many-th sample as it was."""
    for x in range(np.uintp(first), np.uintp(out.size), np.uintp(step)):
        out[x] = line[x]


def build(variant: tuple[Callable[[Any, Any], Any], Codes]) -> Callable[..., None]:
    """A stage that applies `function(square, constants)` to samples of one kind; full scale is 1 for it."""
    function, codes = variant
    size = np.dtype(codes).itemsize
    whole, top = size < 4, (1 << 8 * size) - 1

    def neighbourhood(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        p = parameters
        constants = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
        planes, channels = geometry[PLANES_IN], geometry[SOURCE_PIXEL] // size
        samples, stride, beside = geometry[COLUMNS] * channels, geometry[SOURCE_ROW] // size, np.uintp(channels)
        made = carray(room(ROOM), (ROOM,), np.float32)
        for plane in range(planes):
            alpha = channels if planes == 1 else int(plane == planes - 1)
            for start in range(0, samples, STRIP):
                count = min(STRIP, samples - start)
                for row in range(-2, geometry[ROWS]):
                    begin = plane * geometry[SOURCE_PLANE] // size + (row + 2) * stride + start
                    line = carray(source, (begin + count + 2 * channels,), codes)[begin:]
                    c = made[(row + 2) % 3 * WIDE :]
                    for x in range(line.size):
                        c[x] = f4(line[x]) * f4(1.0 / top) if whole else f4(line[x])
                    if row < 0:
                        continue
                    a, b = made[row % 3 * WIDE :], made[(row + 1) % 3 * WIDE :]
                    end = (plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]) // size + start
                    out = carray(target, (end + count,), codes)[end:]
                    for x in range(np.uintp(count)):
                        y, z = x + beside, x + beside + beside
                        value = function(((a[x], a[y], a[z]), (b[x], b[y], b[z]), (c[x], c[y], c[z])), constants)
                        if whole:
                            scaled = value * f4(top) + f4(0.5)
                            out[x] = codes(i4(min(max(scaled, f4(0.0)), f4(top + 0.5))))
                        else:
                            out[x] = value
                    if (planes * channels) % 2 == 0 and alpha > 0:
                        middle = carray(source, (begin - stride + channels + count,), codes)[
                            begin - stride + channels :
                        ]
                        copy_every(middle, out, alpha - 1, alpha)

    return neighbourhood
