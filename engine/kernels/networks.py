"""Networks of exchanges that order values without looking at them. Whoever writes one out leaves what nobody reads."""

from collections.abc import Callable
from typing import Any

Exchange = Callable[[Any, Any], tuple[Any, Any]]
"""The smaller of two values and the larger."""


def ordered(values: list[Any], exchange: Exchange) -> list[Any]:
    """The values from the smallest to the largest, by merging halves."""
    if len(values) < 2:
        return values
    half = len(values) // 2
    return merged(ordered(values[:half], exchange), ordered(values[half:], exchange), exchange)


def merged(first: list[Any], second: list[Any], exchange: Exchange) -> list[Any]:
    """Two ordered lists as one: Batcher's odd-even merge (Knuth, The Art of Computer Programming 3, 5.3.4)."""
    if not first or not second:
        return first + second
    if len(first) == len(second) == 1:
        return list(exchange(first[0], second[0]))
    even, odd = merged(first[::2], second[::2], exchange), merged(first[1::2], second[1::2], exchange)
    joined, after = even[:1], even[1:]
    for pair in zip(odd, after, strict=False):
        joined += exchange(*pair)
    both = min(len(odd), len(after))
    return joined + after[both:] + odd[both:]


def ranked(first: list[Any], second: list[Any], rank: int, exchange: Exchange) -> Any:
    """The value that has `rank` others below it in two ordered lists together.

    It is the smallest of all that i values of one list and rank + 1 - i of the other reach.
    """
    found = None
    for i in range(max(0, rank + 1 - len(second)), min(len(first), rank + 1) + 1):
        reached = [each[count - 1] for each, count in ((first, i), (second, rank + 1 - i)) if count]
        highest = exchange(*reached)[1] if len(reached) == 2 else reached[0]
        found = highest if found is None else exchange(found, highest)[0]
    return found
