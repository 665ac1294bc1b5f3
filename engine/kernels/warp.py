"""Stage: each pixel read between those of the picture in memory, where a function of its place says."""

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
from engine.kernels.signature import f4, i4

DOUBLE = "a place in a picture 8000 px wide as a float32 number is up to 0.0005 px off, which is seen at 16 bits"
CONSTANTS, FRAME = 16, 4
"""Parameters: float64 numbers for the function; width and height of the picture, then of the result; at last a pixel
of four float32 samples, for what lies beyond the border."""
BLOCK = 64
PLACES = 4 * BLOCK
FAR = 8.0
"""Pixels beyond the border: nothing changes any more."""
PATCH = 64
"""Float32 numbers of four by four pixels of four channels."""


@register_jitable
def copy_pixel(channels: Any, source: Any, target: Any) -> None:
    """From address to address."""
    line, out = carray(pointer_to(source), (channels,), np.float32), carray(pointer_to(target), (channels,), np.float32)
    for channel in range(channels):
        out[channel] = line[channel]


def locator(function: Callable[..., Any]) -> Callable[..., None]:
    """What tells the places of a block of pixels."""

    def locate(numbers: Any, left: Any, y: Any, across: Any, down: Any, right: Any, below: Any) -> None:
        """First taps and the parts of a pixel that places lie behind the tap before them, for a block."""
        n = numbers
        constants = (
            *(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]),
            *(n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]),
        )
        width, height = n[16], n[17]
        for k in range(BLOCK):
            place = (np.float64(i4(left + i4(k))) + 0.5, y)
            u, v = function(place, (width, height, n[18], n[19]), constants)
            u, v = u - 0.5, v - 0.5
            u = min(u, width + FAR) if u > -FAR else -FAR
            v = min(v, height + FAR) if v > -FAR else -FAR
            first, top = np.floor(u), np.floor(v)
            across[k], down[k] = i4(first), i4(top)
            right[k], below[k] = f4(u - first), f4(v - top)

    made: Callable[..., None] = register_jitable(locate)
    return made


def build(variant: tuple[Callable[..., Any], int, int, int]) -> Callable[..., None]:
    """A stage for interleaved float32 pixels of so many channels, of so many taps each way; 1 at the end: edges go on.

    `function((x, y), (width, height, width after, height after), constants)` gives x and y in the source.
    """
    function, channels, taps, edges = variant
    locate = locator(function)
    pixel, before = 4 * channels, (taps - 1) // 2

    @register_jitable
    def surround(source: Any, row: Any, border: Any, x: Any, y: Any, width: Any, height: Any, patch: Any) -> None:
        """Copy the pixels around, of which some lie beyond the border, to `patch`."""
        for j in range(taps):
            for i in range(taps):
                across, down = x + i, y + j
                inside = across >= 0 and across < width and down >= 0 and down < height
                across, down = max(0, min(across, width - 1)), max(0, min(down, height - 1))
                place = source + down * row + across * pixel
                copy_pixel(channels, place if inside or edges else border, patch + (j * taps + i) * pixel)

    def warp(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        numbers = carray(pointer_to(address_of(parameters)), (CONSTANTS + FRAME,), np.float64)
        width, height = int(numbers[16]), int(numbers[17])
        border = address_of(parameters) + 8 * (CONSTANTS + FRAME)
        place = carray(room(PLACES), (PLACES,))
        across, down = place[:BLOCK].view(i4), place[BLOCK : 2 * BLOCK].view(i4)
        right, below = place[2 * BLOCK : 3 * BLOCK], place[3 * BLOCK :]
        patch = carray(room(PATCH), (PATCH,)).ctypes.data
        row, columns, begin = geometry[SOURCE_ROW], geometry[COLUMNS], address_of(source)
        for down_to in range(geometry[ROWS]):
            y, out = np.float64(i4(geometry[TOP] + down_to)) + 0.5, address_of(target) + down_to * geometry[TARGET_ROW]
            for start in range(0, columns, BLOCK):
                locate(numbers, i4(geometry[LEFT] + start), y, across, down, right, below)
                for k in range(min(BLOCK, columns - start)):
                    i, j, to = np.int64(across[k]) - before, np.int64(down[k]) - before, out + (start + k) * pixel
                    if i >= 0 and j >= 0 and i + taps <= width and j + taps <= height:
                        read_between(taps, channels, begin + j * row + i * pixel, row, right[k], below[k], to)
                    elif edges == 0 and (i + taps <= 0 or j + taps <= 0 or i >= width or j >= height):
                        copy_pixel(channels, border, to)
                    else:
                        surround(begin, row, border, i, j, width, height, patch)
                        read_between(taps, channels, patch, taps * pixel, right[k], below[k], to)

    return warp
