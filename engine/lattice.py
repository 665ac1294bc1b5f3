"""Places on lattices: a pixel's distance times a scale, whose fraction stays exact in wide pictures."""

from __future__ import annotations

import math

BITS = 7
"""Of the coarse part: its product with a place up to 65,536, which is known to half a pixel, fits float32."""


def halves(scale: float) -> tuple[float, float]:
    """A coarse part of few bits and the rest.

    With a pixel's place x, x coarse is exact, so its fraction is; x fine is small. Were the scale one float32 number, a
    place 6,000 pixels away would lie a thousandth of a pixel off.
    """
    mantissa, exponent = math.frexp(scale)
    coarse = math.ldexp(math.trunc(math.ldexp(mantissa, BITS)), exponent - BITS)
    return coarse, scale - coarse
