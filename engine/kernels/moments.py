"""Weights, means and sums of squared deviations of groups of pixels, merged two by two (Chan, Golub, LeVeque 1979).

Nothing is the difference of large numbers, so float32 will do. Moments of a row of groups are a matrix: a row of
weights, then one of means for each colour, then one of squares for each. Loops are kept short of pointers: the compiler
makes no vectors of a loop that reads and writes too many places which might overlap.
"""

from typing import Any

from numba.extending import register_jitable

from engine.kernels.signature import f4


@register_jitable
def shares(one: Any, other: Any, part: Any, between: Any) -> None:
    """Of two rows of weights, the second's part of both and what that makes of the first."""
    for x in range(part.size):
        total = one[x] + other[x]
        part[x] = other[x] / total if total > f4(0.0) else f4(0.0)
    for x in range(between.size):
        between[x] = one[x] * part[x]


@register_jitable
def absorb_weights(one: Any, other: Any) -> None:
    """Add weights to weights."""
    for x in range(one.size):
        one[x] += other[x]


@register_jitable
def absorb_squares(one: Any, mean: Any, other_mean: Any, between: Any) -> None:
    """What two means apart add to a sum of squares."""
    for x in range(one.size):
        away = other_mean[x] - mean[x]
        one[x] += away * away * between[x]


@register_jitable
def absorb_means(mean: Any, other_mean: Any, part: Any) -> None:
    """The mean of both."""
    for x in range(mean.size):
        mean[x] += (other_mean[x] - mean[x]) * part[x]


@register_jitable
def copy_row(line: Any, out: Any) -> None:
    """A row as it is."""
    for x in range(out.size):
        out[x] = line[x]


@register_jitable
def copy_moments(one: Any, first: Any, count: Any, out: Any) -> None:
    """`count` groups from the first on."""
    for k in range(len(one)):
        copy_row(one[k][first:], out[k][:count])


@register_jitable
def absorb(one: Any, other: Any, first: Any, count: Any, part: Any, between: Any) -> None:
    """Merge `count` groups from another row's `first` on into those at the beginning of a row."""
    colours = len(one) // 2
    part, between, weights = part[:count], between[:count], one[0][:count]
    shares(weights, other[0][first:], part, between)
    absorb_weights(weights, other[0][first:])
    for colour in range(1, colours + 1):
        mean, squares = one[colour][:count], one[colours + colour][:count]
        absorb_weights(squares, other[colours + colour][first:])
        absorb_squares(squares, mean, other[colour][first:], between)
        absorb_means(mean, other[colour][first:], part)


@register_jitable
def merge_along(one: Any, then: Any, total: Any, side: Any, count: Any, part: Any, between: Any) -> None:
    """Into `total` the moments of `side` neighbours along a row, made of those of 1, 2, 4 and so on; `side` is odd.

    `one` is written over.
    """
    now, other, span, taken, left, length = one, then, 1, 1, side >> 1, one.shape[1]
    copy_moments(now, 0, count, total)
    while left > 0:
        length -= span
        copy_moments(now, 0, length, other)
        absorb(other, now, span, length, part, between)
        now, other = other, now
        span *= 2
        if left % 2 == 1:
            absorb(total, now, taken, count, part, between)
            taken += span
        left >>= 1
