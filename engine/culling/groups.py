"""Groups of pictures of which one is enough: bursts and near duplicates, and the best of each. It reads no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


Reason = Literal["rated best", "sharpest", "best exposed", "largest", "all alike"]


@dataclass(frozen=True, slots=True)
class Group:
    """Two pictures or more, each of which is in no other group."""

    kind: Literal["burst", "duplicates"]
    """A burst where times tell so, whatever else is alike in it."""
    members: tuple[Score, ...]
    """By time, then by path."""
    best: Score
    """The sharpest; of those that are nearly as sharp, the least clipped. Small copies do not count."""
    reason: Reason
    """What it has before the next best."""

    @property
    def others(self) -> tuple[Score, ...]:
        """All but the best."""
        return tuple(each for each in self.members if each is not self.best)


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


def regarding(group: Group, ratings: Mapping[str, int]) -> Group:
    """The same group, its best among those that a person rated highest; -1 to 5, by path, 0 where none is told."""
    stars = [ratings.get(each.path, 0) for each in group.members]
    preferred = [each for each, given in zip(group.members, stars, strict=True) if given == max(stars)]
    best, reason = best_of(preferred)
    return replace(group, best=best, reason="rated best" if len(preferred) == 1 else reason)


def best_of(members: Sequence[Score]) -> tuple[Score, Reason]:
    """The one to keep, if one is to be kept, and why."""
    most = max(each.width * each.height for each in members)
    large = [each for each in members if each.width * each.height >= LARGE * most]
    sharpest = max(each.sharpness for each in large)
    best, *rivals = sorted((each for each in large if each.sharpness >= NEARLY * sharpest), key=_merit)
    if not rivals:
        return best, "sharpest" if len(large) > 1 else "largest"
    ours, theirs = _merit(best), _merit(rivals[0])
    reasons: tuple[Reason, ...] = ("best exposed", "sharpest", "largest")
    return best, next((each for each, a, b in zip(reasons, ours, theirs, strict=False) if a != b), "all alike")


def _merit(score: Score) -> tuple[float, int, int, int, str]:
    """Smallest for the best: in steps that one can see; copies of one and the same have the longer names."""
    pixels = score.width * score.height
    return round(score.clipped, 2), -round(score.sharpness), -pixels, len(score.path), score.path


def _group(members: list[Score], *, burst: bool) -> Group:
    best, reason = best_of(members)
    return Group("burst" if burst else "duplicates", tuple(members), best, reason)


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
