"""How large a stand-in has to be so that the picture fills its place after the stack. Plain numbers, no files."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.planner import size_after

if TYPE_CHECKING:
    from engine.filter import Size
    from engine.stack import Stack

LARGEST = 4.0
"""How many times as wide and high as usual a stand-in may be."""
STEPS = 4
"""Sizes between one and twice it: few, so that not every change of a crop has a file read again."""
ROUNDING = 1e-9


def place_for(stack: Stack, source: Size, place: Size) -> Size:
    """Height and width to fit the whole picture into, so that the stack's result fits into `place`.

    The result fills 84 % of it at least, unless most of the picture is cropped.
    """
    result = size_after(stack, source)
    plain, wanted = (min(side / whole for side, whole in zip(place, size, strict=True)) for size in (source, result))
    factor = min(LARGEST, 2.0 ** (math.floor(STEPS * math.log2(wanted / plain) + ROUNDING) / STEPS))
    height, width = (max(1, int(side * factor)) for side in place)
    return height, width
