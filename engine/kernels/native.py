"""The elementary functions compiled for float32: polynomials where the C library would be called once per sample."""

# The split into exponent and mantissa follows Cephes (Moshier, 1989). The coefficients are minimax fits by Lawson's
# iteration: log2(1 + t) / t to 3.8e-8, exp2 to 7.5e-8; tests/engine/kernels holds the error of what they make.

from collections.abc import Callable
from typing import Any

import numpy as np
from numba.extending import overload, register_jitable

from engine.kernels import elementary
from engine.kernels.signature import f4, i4, u4

LOG2 = (1.442695, -0.7213472, 0.48091027, -0.36071625, 0.2879391, -0.23867568, 0.21521226, -0.20893382, 0.1292643)
EXP2 = (1.0000001, 0.69314694, 0.2402212, 0.05550713, 0.009675541, 0.0013276471)
SQRT_HALF_BITS = 0x3F3504F3
SMALLEST_NORMAL = 1.1754944e-38
LARGEST = 3.4028235e38
INLINE = {"forceinline": True}
"""For functions that LLVM finds too long: a loop that calls one is not packed."""


@register_jitable
def log2(x: Any) -> Any:
    """Base-2 logarithm of a positive normal float32."""
    bits = f4(x).view(i4)
    # The mantissa is brought to sqrt(1/2)..sqrt(2), where the logarithm is small and the series short.
    exponent = i4(i4(bits - i4(SQRT_HALF_BITS)) >> i4(23))
    t = i4(bits - i4(exponent << i4(23))).view(f4) - f4(1.0)
    p = f4(LOG2[8])
    p = p * t + f4(LOG2[7])
    p = p * t + f4(LOG2[6])
    p = p * t + f4(LOG2[5])
    p = p * t + f4(LOG2[4])
    p = p * t + f4(LOG2[3])
    p = p * t + f4(LOG2[2])
    p = p * t + f4(LOG2[1])
    p = p * t + f4(LOG2[0])
    return f4(exponent) + p * t


@register_jitable
def exp2(x: Any) -> Any:
    """2 ** x; the exponent is limited to what float32 holds."""
    limited = min(max(x, f4(-126.0)), f4(127.99))
    whole = np.floor(limited + f4(0.5))
    t = limited - whole
    p = f4(EXP2[5])
    p = p * t + f4(EXP2[4])
    p = p * t + f4(EXP2[3])
    p = p * t + f4(EXP2[2])
    p = p * t + f4(EXP2[1])
    p = p * t + f4(EXP2[0])
    return p * i4(i4(i4(whole) + i4(127)) << i4(23)).view(f4)


@register_jitable(**INLINE)
def hashed(bits: Any) -> Any:
    """Wellons' lowbias32."""
    bits = u4(u4(bits ^ u4(bits >> u4(16))) * u4(0x7FEB352D))
    bits = u4(u4(bits ^ u4(bits >> u4(15))) * u4(0x846CA68B))
    return u4(bits ^ u4(bits >> u4(16)))


@register_jitable(**INLINE)
def scrambled(x: Any, y: Any, seed: Any) -> Any:
    """The hashes that `elementary.chance` says."""
    row = hashed(u4(hashed(u4(i4(seed))) + u4(i4(y))))
    return hashed(u4(row + u4(i4(x))))


@overload(elementary.power)
def _power(x: Any, exponent: Any) -> Callable[..., Any]:
    def power(x: Any, exponent: Any) -> Any:
        size = abs(x)
        raised = exp2(exponent * log2(max(size, f4(SMALLEST_NORMAL))))
        # Zero stays zero; infinity and NaN, whose bits the polynomials would take for numbers, stay themselves.
        kept = raised if size >= f4(SMALLEST_NORMAL) else f4(0.0)
        return np.copysign(kept if size <= f4(LARGEST) else size, x)

    return power


@overload(elementary.clip)
def _clip(x: Any, low: Any, high: Any) -> Callable[..., Any]:
    def clip(x: Any, low: Any, high: Any) -> Any:
        return low if x < low else (min(x, high))

    return clip


@overload(elementary.minimum)
def _minimum(x: Any, y: Any) -> Callable[..., Any]:
    def minimum(x: Any, y: Any) -> Any:
        return min(x, y)

    return minimum


@overload(elementary.maximum)
def _maximum(x: Any, y: Any) -> Callable[..., Any]:
    def maximum(x: Any, y: Any) -> Any:
        return max(x, y)

    return maximum


@overload(elementary.sqrt)
def _sqrt(x: Any) -> Callable[..., Any]:
    def sqrt(x: Any) -> Any:
        return np.sqrt(x)

    return sqrt


@overload(elementary.exp2)
def _exp2(x: Any) -> Callable[..., Any]:
    def exponential(x: Any) -> Any:
        return exp2(x)

    return exponential


@overload(elementary.floor)
def _floor(x: Any) -> Callable[..., Any]:
    def floor(x: Any) -> Any:
        return np.floor(x)

    return floor


@overload(elementary.choose)
def _choose(condition: Any, yes: Any, no: Any) -> Callable[..., Any]:
    def choose(condition: Any, yes: Any, no: Any) -> Any:
        return yes if condition else no

    return choose


@overload(elementary.magnitude)
def _magnitude(x: Any, y: Any) -> Callable[..., Any]:
    def magnitude(x: Any, y: Any) -> Any:
        return np.sqrt(x * x + y * y)

    return magnitude


@overload(elementary.sign)
def _sign(x: Any) -> Callable[..., Any]:
    def sign(x: Any) -> Any:
        return np.copysign(f4(1.0), x)

    return sign


@register_jitable(**INLINE)
def remainder(x: Any) -> Any:
    """What is left of x above a whole number."""
    return x - np.floor(x)


@overload(elementary.diamond, jit_options=INLINE)
def _diamond(x: Any, y: Any, cosine: Any, finer_cosine: Any, sine: Any, finer_sine: Any) -> Callable[..., Any]:
    def diamond(x: Any, y: Any, cosine: Any, finer_cosine: Any, sine: Any, finer_sine: Any) -> Any:
        # The coarse products are exact, so their fractions are: nothing is lost far from the corner.
        exact = remainder(x * cosine) + remainder(y * sine)
        across = remainder(exact + (x * finer_cosine + y * finer_sine))
        exact = remainder(y * cosine) - remainder(x * sine)
        along = remainder(exact + (y * finer_cosine - x * finer_sine))
        radius = abs(across - f4(0.5)) + abs(along - f4(0.5))
        near = min(radius, f4(1.0) - radius)
        covered = f4(2.0) * near * near
        return covered if radius < f4(0.5) else f4(1.0) - covered

    return diamond


@overload(elementary.printed, jit_options=INLINE)
def _printed(tone: Any, threshold: Any, edge: Any) -> Callable[..., Any]:
    def printed(tone: Any, threshold: Any, edge: Any) -> Any:
        zero, one, half = f4(0.0), f4(1.0), f4(elementary.FINEST / 2.0)
        paper = zero if tone < zero else min(tone, one)
        ink = one - paper
        width = max(min(edge, f4(2.0) * min(ink, paper)), f4(elementary.FINEST))
        middle = ink - max(half - ink, zero) + max(half - paper, zero)
        sharp = f4(0.5) + (threshold - middle) / width
        share = min(one, one / edge)
        return paper + share * share * ((zero if sharp < zero else min(sharp, one)) - paper)

    return printed


@overload(elementary.chance, jit_options=INLINE)
def _chance(x: Any, y: Any, seed: Any) -> Callable[..., Any]:
    def chance(x: Any, y: Any, seed: Any) -> Any:
        return f4(i4(scrambled(x, y, seed) >> u4(8))) * f4(2.0**-24)

    return chance


@register_jitable(**INLINE)
def bell(bits: Any) -> Any:
    """The four bytes added up, less their mean, by their standard deviation."""
    # Two bytes at a time, in halves of the word.
    pairs = u4(u4(bits & u4(0x00FF00FF)) + u4(u4(bits >> u4(8)) & u4(0x00FF00FF)))
    total = i4(u4(u4(pairs & u4(0xFFFF)) + u4(pairs >> u4(16))))
    return f4(i4(total - i4(510))) * f4(1.0 / elementary.BELL)


@overload(elementary.bell, jit_options=INLINE)
def _bell(x: Any, y: Any, seed: Any) -> Callable[..., Any]:
    def at(x: Any, y: Any, seed: Any) -> Any:
        return bell(scrambled(x, y, seed))

    return at


@overload(elementary.uneven, jit_options=INLINE)
def _uneven(x: Any, y: Any, right: Any, down: Any, seed: Any) -> Callable[..., Any]:
    def uneven(x: Any, y: Any, right: Any, down: Any, seed: Any) -> Any:
        left, up = f4(1.0) - right, f4(1.0) - down
        beside, under = x + f4(1.0), y + f4(1.0)
        above = left * bell(scrambled(x, y, seed)) + right * bell(scrambled(beside, y, seed))
        below = left * bell(scrambled(x, under, seed)) + right * bell(scrambled(beside, under, seed))
        return (up * above + down * below) / np.sqrt((left * left + right * right) * (up * up + down * down))

    return uneven
