"""Stage: red and blue read between the pixels in memory, each magnified about the middle; green and alpha copied."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, LEFT, ROWS, SOURCE_ROW, TARGET_ROW, TOP
from engine.kernels.room import room
from engine.kernels.sampling import read_between
from engine.kernels.signature import i4
from engine.kernels.warp import BLOCK, CONSTANTS, DOUBLE, FRAME, PATCH, PLACES, copy_pixel, locator

__all__ = ["DOUBLE"]
TAPS = 4
PIXEL = 4
"""Float32 numbers of the largest one."""
ROOM = PATCH + PIXEL


def reddest(place: Any, frame: Any, constants: Any) -> Any:
    """Where red is read: its distance from the middle times the first constant."""
    x, y = 0.5 * frame[0], 0.5 * frame[1]
    return x + (place[0] - x) * constants[0], y + (place[1] - y) * constants[0]


def bluest(place: Any, frame: Any, constants: Any) -> Any:
    """Where blue is: times the second."""
    x, y = 0.5 * frame[0], 0.5 * frame[1]
    return x + (place[0] - x) * constants[1], y + (place[1] - y) * constants[1]


def build(channels: int) -> Callable[..., None]:
    """A stage for interleaved float32 pixels of three channels or four.

    Parameters are those of `warp` without a border, of which two constants are used.
    """
    pixel = 4 * channels
    of_red, of_blue = (locator(register_jitable(forceinline=True)(each)) for each in (reddest, bluest))

    @register_jitable
    def read(channel: Any, begin: Any, row: Any, size: Any, at: Any, line: Any, patch: Any) -> None:
        """One channel of a block, where the places lie that `at` tells, into the pixels of `line`."""
        across, down, right, below = at
        made = patch + 4 * PATCH
        for k in range(size[2]):
            i, j = np.int64(across[k]) - 1, np.int64(down[k]) - 1
            place, apart = begin + j * row + i * pixel, row
            if i < 0 or j < 0 or i + TAPS > size[0] or j + TAPS > size[1]:
                for y in range(TAPS):
                    for x in range(TAPS):
                        u, v = max(0, min(i + x, size[0] - 1)), max(0, min(j + y, size[1] - 1))
                        copy_pixel(channels, begin + v * row + u * pixel, patch + (y * TAPS + x) * pixel)
                place, apart = patch, TAPS * pixel
            read_between(TAPS, channels, place, apart, right[k], below[k], made)
            line[channels * k + channel] = carray(pointer_to(made), (PIXEL,), np.float32)[channel]

    def fringes(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        numbers = carray(pointer_to(address_of(parameters)), (CONSTANTS + FRAME,), np.float64)
        places = carray(room(PLACES), (PLACES,))
        at = (
            *(places[:BLOCK].view(i4), places[BLOCK : 2 * BLOCK].view(i4)),
            *(places[2 * BLOCK : 3 * BLOCK], places[3 * BLOCK :]),
        )
        patch = carray(room(ROOM), (ROOM,)).ctypes.data
        row, begin = geometry[SOURCE_ROW], address_of(source)
        for down in range(geometry[ROWS]):
            y = geometry[TOP] + down
            for start in range(0, geometry[COLUMNS], BLOCK):
                count, x = min(BLOCK, geometry[COLUMNS] - start), geometry[LEFT] + start
                out = address_of(target) + down * geometry[TARGET_ROW] + start * pixel
                line = carray(pointer_to(out), (count * channels,), np.float32)
                same = carray(pointer_to(begin + y * row + x * pixel), (count * channels,), np.float32)
                for k in range(count * channels):
                    line[k] = same[k]
                size = (int(numbers[16]), int(numbers[17]), count)
                of_red(numbers, i4(x), np.float64(i4(y)) + 0.5, *at)
                read(0, begin, row, size, at, line, patch)
                of_blue(numbers, i4(x), np.float64(i4(y)) + 0.5, *at)
                read(2, begin, row, size, at, line, patch)

    return fringes
