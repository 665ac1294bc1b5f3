"""Which pictures were taken in one go: by one camera, one after the other, of one scene. It knows no files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.culling.score import Score

GAP = 2.0
"""Seconds from one to the next: cameras that tell whole seconds round, and the slowest bursts are one a second."""
LOOSELY = 24
"""Bits that may differ of 64: two strange pictures differ in 32, give or take 4."""


def bursts(scores: Sequence[Score]) -> Iterator[tuple[int, int]]:
    """Places of pictures that follow each other in a burst, two by two."""
    timed = [(each.camera, each.seconds, place) for place, each in enumerate(scores) if each.seconds is not None]
    for (camera, before, one), (same, after, other) in pairwise(sorted(timed)):
        # A camera that was turned elsewhere meanwhile has begun another one.
        if camera == same and after - before <= GAP and _same_scene(scores[one], scores[other]):
            yield one, other


def _same_scene(one: Score, other: Score) -> bool:
    return (one.waves ^ other.waves).bit_count() <= LOOSELY
