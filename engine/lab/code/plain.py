"""The steps as loops in Python. Numba compiles these very functions; so they take anything that has an index."""

from __future__ import annotations

from typing import Any


def tone(source: Any, target: Any, table: Any, first: int, last: int) -> None:
    """Look up the samples from `first` up to `last` in a table of 256."""
    for place in range(first, last):
        target[place] = table[source[place]]


def blur(source: Any, target: Any, weights: Any, row: Any, size: tuple[int, int], first: int, last: int) -> None:
    """Gaussian over the rows from `first` up to `last` of a picture of 3 channels; borders replicate.

    The weights are whole and their sum is a power of two. `size` is the height and width; `row` has room for a row's
    sums. Rounded half up, once.
    """
    height, width = size
    line, taps, shift = 3 * width, len(weights), 0
    while 1 << shift < sum(weights) ** 2:
        shift += 1
    for y in range(first, last):
        for x in range(line):
            total = 0
            for tap in range(taps):
                near = min(max(y + tap - taps // 2, 0), height - 1)
                total += weights[tap] * source[near * line + x]
            row[x] = total
        for x in range(width):
            for channel in range(3):
                total = 1 << shift >> 1
                for tap in range(taps):
                    near = min(max(x + tap - taps // 2, 0), width - 1)
                    total += weights[tap] * row[near * 3 + channel]
                target[y * line + x * 3 + channel] = total >> shift


def fibonacci(number: int) -> int:
    """The Fibonacci number of that index, by its definition: about 1.6 to the `number` calls."""
    if number < 2:
        return number
    return fibonacci(number - 1) + fibonacci(number - 2)
