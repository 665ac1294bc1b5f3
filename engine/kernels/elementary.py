"""The functions that filters may call in their curves: NumPy for float64 here, compiled for float32 by `native`."""

from typing import Any

import numpy as np

BELL = (65535.0 / 3.0) ** 0.5
"""The standard deviation of the sum of four bytes: each has a variance of (256 ** 2 - 1) / 12."""

FINEST = 2.0**-7
"""The narrowest edge between paper and ink: half of it is next to the darkest and lightest tones of 8 bits."""


def power(x: Any, exponent: Any) -> Any:
    """x ** exponent as an odd function: below 0 it is -((-x) ** exponent). The exponent is above 0."""
    return np.copysign(np.abs(x) ** exponent, x)


def clip(x: Any, low: Any, high: Any) -> Any:
    """x limited to low..high."""
    return np.minimum(np.maximum(x, low), high)


def minimum(x: Any, y: Any) -> Any:
    """The smaller of two."""
    return np.minimum(x, y)


def maximum(x: Any, y: Any) -> Any:
    """The larger of two."""
    return np.maximum(x, y)


def sqrt(x: Any) -> Any:
    """The square root of x, which is 0 or more."""
    return np.sqrt(x)


def exp2(x: Any) -> Any:
    """2 ** x."""
    return np.exp2(x)


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """`yes` where the condition holds, else `no`; both are evaluated."""
    return np.where(condition, yes, no)


def floor(x: Any) -> Any:
    """The largest whole number that is not above x."""
    return np.floor(x)


def diamond(x: Any, y: Any, cosine: Any, finer_cosine: Any, sine: Any, finer_sine: Any) -> Any:
    """The part of a square cell that a diamond in its middle covers whose edge goes through (x, y).

    The cells' lattice is turned; cosine and sine of that, in cells for each unit of x, come in `lattice.halves`.
    """
    across = x * cosine + x * finer_cosine + (y * sine + y * finer_sine)
    along = y * cosine + y * finer_cosine - (x * sine + x * finer_sine)
    radius = abs(across - np.floor(across) - 0.5) + abs(along - np.floor(along) - 0.5)
    near = np.minimum(radius, 1.0 - radius)
    return np.where(radius < 0.5, 2.0 * near * near, 1.0 - 2.0 * near * near)


def printed(tone: Any, threshold: Any, edge: Any) -> Any:
    """1 for paper where the threshold is above the part 1 - tone that is ink, else 0; in between over the edge.

    The edge is a difference of thresholds. It is narrower next to black and white, so that the mean over thresholds
    from 0 to 1 is the tone; beyond 1 it leaves more and more of the tone itself.
    """
    paper = np.clip(tone, 0.0, 1.0)
    ink, half = 1.0 - paper, FINEST / 2.0
    width = np.maximum(np.minimum(edge, 2.0 * np.minimum(ink, paper)), FINEST)
    middle = ink - np.maximum(half - ink, 0.0) + np.maximum(half - paper, 0.0)
    share = np.minimum(1.0, 1.0 / edge)
    return paper + share * share * (np.clip(0.5 + (threshold - middle) / width, 0.0, 1.0) - paper)


def chance(x: Any, y: Any, seed: Any) -> Any:
    """A number from 0 to 1, below 1, that looks random, for three whole numbers of less than 2 ** 24 in magnitude.

    The upper 24 bits of nested hashes (Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 2020) with
    Wellons' lowbias32 for hash (Chris Wellons, "Prospecting for Hash Functions", 2018).
    """
    return (_scrambled(x, y, seed) >> np.uint32(8)) / 2.0**24


def bell(x: Any, y: Any, seed: Any) -> Any:
    """As `chance`, but of mean 0 and variance 1, nearly normal: the four bytes of the hash added up."""
    bits = _scrambled(x, y, seed)
    total = sum((bits >> np.uint32(8 * byte)) & np.uint32(255) for byte in range(4))
    return (total - 510.0) / BELL


def uneven(x: Any, y: Any, right: Any, down: Any, seed: Any) -> Any:
    """`bell` between the whole numbers: that many parts of the way from x to x + 1, and from y to y + 1.

    The four around are averaged bilinearly, and what averaging takes from the variance is given back: it is 1.
    """
    left, up = 1.0 - right, 1.0 - down
    above = left * bell(x, y, seed) + right * bell(x + 1, y, seed)
    below = left * bell(x, y + 1, seed) + right * bell(x + 1, y + 1, seed)
    return (up * above + down * below) / np.sqrt((left * left + right * right) * (up * up + down * down))


def _scrambled(x: Any, y: Any, seed: Any) -> Any:
    bits = np.zeros((), np.uint32)
    with np.errstate(over="ignore"):
        for number in (seed, y, x):
            bits = bits + np.asarray(number).astype(np.int64).astype(np.uint32)
            bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x7FEB352D)
            bits = (bits ^ (bits >> np.uint32(15))) * np.uint32(0x846CA68B)
            bits = bits ^ (bits >> np.uint32(16))
    return bits


def magnitude(x: Any, y: Any) -> Any:
    """The length of the vector (x, y)."""
    return np.sqrt(x * x + y * y)


def sign(x: Any) -> Any:
    """1 with the sign of x."""
    return np.copysign(1.0, x)


def averaged(result: Any, source: Any, constants: Any) -> Any:
    """The result itself, for windows whose result is an average and nothing more."""
    return result


def scaled(result: Any, source: Any, constants: Any) -> Any:
    """constants[0] result + constants[1], for windows whose result is a multiple of an average."""
    return result * constants[0] + constants[1]


def line(x: Any, constants: Any) -> Any:
    """constants[0] x + constants[1]: a filter whose curve is this one folds into matrices before it and behind it."""
    return x * constants[0] + constants[1]
