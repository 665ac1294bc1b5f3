"""Groups of pictures of which one is enough: bursts and near duplicates, and the best of each. It reads no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.culling.bursts import bursts
from engine.culling.duplicates import duplicates
from engine.culling.score import Outcome, Score
from engine.files.folder import natural

DISTANCE = 12
"""Bits of 64 that near duplicates may differ in, unless asked otherwise; `docs/culling.md` has the figures."""
FARTHEST = 16
"""More would find strangers."""
CLEARLY = 1.05
"""How much sharper one is where that is what tells; less is a matter of luck."""
LARGE = 0.5
"""Of the most pixels in a group, what one needs to be its best: a small copy looks crisp and is not enough."""


Reason = Literal["rated best", "sharpest", "best exposed", "largest", "first of equals"]


@dataclass(frozen=True, slots=True)
class Group:
    """Two pictures or more, each of which is in no other group."""

    kind: Literal["burst", "duplicates"]
    """A burst where times tell so, whatever else is alike in it."""
    members: tuple[Score, ...]
    """By time, then by path, in the order a person counts."""
    best: Score
    """The sharpest, what is lost in black and white set against it. Small copies do not count."""
    reason: Reason
    """What it has before the next best."""

    @property
    def others(self) -> tuple[Score, ...]:
        """All but the best, the better first."""
        return tuple(sorted((each for each in self.members if each is not self.best), key=_order_of_merit))


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
    """The one to keep, if one is to be kept, and what it has before the next best."""
    most = max(each.width * each.height for each in members)
    best, *rivals = sorted((each for each in members if each.width * each.height >= LARGE * most), key=_order_of_merit)
    if not rivals:
        return best, "largest"
    rival = rivals[0]
    if _merit(best) == _merit(rival):
        return best, "largest" if best.width * best.height > rival.width * rival.height else "first of equals"
    sharpest = best.sharpness >= max(each.sharpness for each in rivals)
    clearly = best.sharpness >= CLEARLY * rival.sharpness or best.clipped >= rival.clipped
    return best, "sharpest" if sharpest and clearly else "best exposed"


def _merit(score: Score) -> int:
    """Sharpness times the share of pixels that is not lost: whites without detail make edges look hard."""
    return round(score.sharpness * (1 - min(score.clipped, 1)))


def _order_of_merit(score: Score) -> tuple[int, int, int, str]:
    """Smallest for the best. Of equals the largest, and of copies the one with the shortest name."""
    return -_merit(score), -score.width * score.height, len(score.path), score.path


def _group(members: list[Score], *, burst: bool) -> Group:
    best, reason = best_of(members)
    return Group("burst" if burst else "duplicates", tuple(members), best, reason)


def _order(score: Score) -> tuple[float, tuple[tuple[str | int, ...], str]]:
    return (float("inf") if score.seconds is None else score.seconds, natural(score.path))


def _root(joined: list[int], place: int) -> int:
    """The first of those that it is joined with, so far as is known; the way there becomes shorter."""
    while joined[place] != place:
        joined[place] = joined[joined[place]]
        place = joined[place]
    return place


def _join(joined: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(joined, one), _root(joined, other)))
    joined[second] = first
