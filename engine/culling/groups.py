"""Groups of pictures of which one is enough: bursts and near duplicates, and the best of each. It reads no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.culling.bursts import bursts
from engine.culling.duplicates import duplicates
from engine.culling.score import Outcome, Score

DISTANCE = 12
"""Bits of 64 that near duplicates may differ in, unless asked otherwise; `docs/culling.md` has the figures."""
FARTHEST = 16
"""More would find strangers."""
NEARLY = 0.95
"""Of the best sharpness, what is as good; among those the least clipped wins."""
LARGE = 0.5
"""Of the most pixels in a group, what one needs to be its best: a small copy looks crisp and is not enough."""


@dataclass(frozen=True, slots=True)
class Group:
    """Two pictures or more, each of which is in no other group."""

    kind: Literal["burst", "duplicates"]
    """A burst where times tell so, whatever else is alike in it."""
    members: tuple[Score, ...]
    """By time, then by path."""
    best: Score
    """The sharpest; of those that are nearly as sharp, the least clipped. Small copies do not count."""


def groups(outcomes: Iterable[Outcome], distance: int = DISTANCE) -> tuple[Group, ...]:
    """The groups of those that could be read, by their first member; the order of the outcomes does not matter.

    `distance` is how many bits near duplicates may differ in, 0 to 16.
    """
    scores = sorted((each for each in outcomes if isinstance(each, Score)), key=_order)
    if not scores:
        return ()
    joined = list(range(len(scores)))
    in_bursts = set[int]()
    for one, other in bursts(scores):
        _join(joined, one, other)
        in_bursts |= {one, other}
    for first, *others in duplicates(scores, distance):
        for other in others:
            _join(joined, first, other)
    found = defaultdict[int, list[int]](list)
    for place in range(len(scores)):
        found[_root(joined, place)].append(place)
    return tuple(
        _group([scores[place] for place in places], burst=not in_bursts.isdisjoint(places))
        for places in found.values()
        if len(places) > 1
    )


def best_of(members: Sequence[Score]) -> Score:
    """The one to keep, if one is to be kept."""
    most = max(each.width * each.height for each in members)
    large = [each for each in members if each.width * each.height >= LARGE * most]
    sharpest = max(each.sharpness for each in large)
    sharp = (each for each in large if each.sharpness >= NEARLY * sharpest)
    return min(sharp, key=lambda each: (each.clipped, -each.sharpness, -each.width * each.height, each.path))


def _group(members: list[Score], *, burst: bool) -> Group:
    return Group("burst" if burst else "duplicates", tuple(members), best_of(members))


def _order(score: Score) -> tuple[float, str]:
    return (float("inf") if score.seconds is None else score.seconds, score.path)


def _root(joined: list[int], place: int) -> int:
    """The first of those that it is joined with, so far as is known; the way there becomes shorter."""
    while joined[place] != place:
        joined[place] = joined[joined[place]]
        place = joined[place]
    return place


def _join(joined: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(joined, one), _root(joined, other)))
    joined[second] = first
