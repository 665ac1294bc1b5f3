"""Networks of exchanges: what they order is ordered, by the 0-1 principle (Knuth 5.3.4, theorem Z)."""

import itertools
from typing import Any

import pytest

from engine.kernels.networks import merged, ordered, ranked


def exchange(a: Any, b: Any) -> tuple[Any, Any]:
    return min(a, b), max(a, b)


def flags(length: int) -> list[list[int]]:
    """All ordered lists of zeros and ones."""
    return [[0] * zeros + [1] * (length - zeros) for zeros in range(length + 1)]


@pytest.mark.parametrize("count", range(11))
def test_values_are_ordered(count: int) -> None:
    for values in itertools.product((0, 1), repeat=count):
        assert ordered(list(values), exchange) == sorted(values)


@pytest.mark.parametrize(("first", "second"), [*itertools.product(range(1, 9), repeat=2), (6, 12), (18, 18), (14, 6)])
def test_ordered_lists_become_one(first: int, second: int) -> None:
    for a, b in itertools.product(flags(first), flags(second)):
        together = sorted(a + b)
        assert merged(a, b, exchange) == together
        assert [ranked(a, b, rank, exchange) for rank in range(first + second)] == together
