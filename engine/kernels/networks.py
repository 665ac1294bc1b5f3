"""Networks of compare-and-exchange steps that bring the median of n values to its place, without knowing the values."""

import functools

Exchange = tuple[int, int]


@functools.cache
def median_network(count: int) -> tuple[Exchange, ...]:
    """Steps (a, b), each leaving the smaller value in a, after which place count // 2 holds the median; count is odd.

    Batcher's odd-even merge sort (Knuth, The Art of Computer Programming 3, 5.3.4), without the steps that the median
    does not depend on: 24 steps for 9 values, 113 for 25, 319 for 49.
    """
    needed = {count // 2}
    kept: list[Exchange] = []
    for a, b in reversed(_sort(count)):
        if a in needed or b in needed:
            needed |= {a, b}
            kept.append((a, b))
    return tuple(reversed(kept))


def _sort(count: int) -> list[Exchange]:
    """Batcher's network for any count: that for the next power of two, less the steps that touch what is not there."""
    steps: list[Exchange] = []
    size = 1 << (count - 1).bit_length()
    span = 1
    while span < size:
        half = span
        while half >= 1:
            for first in range(half % span, size - half, 2 * half):
                lower = range(first, min(first + half, size - half, count - half))
                steps += [(a, a + half) for a in lower if a // (2 * span) == (a + half) // (2 * span)]
            half //= 2
        span *= 2
    return steps
