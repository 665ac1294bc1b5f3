"""CPU time of every filter, at its defaults and at its slowest allowed values: in all, and until it is cancelled."""

from typing import Any

import pytest

from engine.filters import catalogue, find
from engine.planner import size_after
from engine.stack import Stack
from tests.engine.looks import Cost, cost_of, extremes_of
from tests.engine.pictures import made

PROBE, WIDE = (128, 2000), (320, 6000)
"""Rows and columns of the picture that the slowest values are found on, and of the one that counts: as wide as 24 Mpx,
so that its tiles are."""
LONGEST, SLOWEST = 0.1, 60.0
"""Seconds of one thread between two looks at whether it is cancelled, and for 24 Mpx."""
LARGE = 24e6
LARGEST = 8
"""Results of so many times the picture's pixels at most are tried."""
ATTEMPTS = 3
"""Other processes share caches: the best one counts."""


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize(("depth", "channels"), [("uint8", 3), ("float32", 3), ("float32", 4)])
def test_a_filter_is_soon_cancelled_and_soon_over(name: str, depth: str, channels: int) -> None:
    probe = made("noise", (*PROBE, channels), depth, seed=1)
    costs = {step: cost_of(step, probe) for step in extremes_of(find(name)) if area(Stack((step,)), PROBE) <= LARGEST}
    chosen = {max(costs, key=lambda step: costs[step].total), max(costs, key=lambda step: costs[step].longest)}
    pixels = made("noise", (*WIDE, channels), depth, seed=2)
    for step in {*chosen, next(iter(costs))}:
        best = Cost(float("inf"), float("inf"))
        for _ in range(ATTEMPTS):
            best = better(best, cost_of(step, pixels))
            seconds = best.total * LARGE / (WIDE[0] * WIDE[1] * max(1.0, area(Stack((step,)), WIDE)))
            if best.longest <= LONGEST and seconds <= SLOWEST:
                break
        print(f"{step.specification()}: {seconds:.2f} s for 24 Mpx, {best.longest * 1e3:.1f} ms in {best.where}")
        assert best.longest <= LONGEST, (step.specification(), best)
        assert seconds <= SLOWEST, (step.specification(), best)


def area(stack: Stack, size: tuple[int, int]) -> float:
    """The result's pixels for one of the picture."""
    height, width = size_after(stack, size)
    return height * width / (size[0] * size[1])


def better(one: Cost, other: Cost) -> Cost:
    """The smaller of each time."""
    longest: Any = min(one, other, key=lambda each: each.longest)
    return Cost(min(one.total, other.total), longest.longest, longest.where)
