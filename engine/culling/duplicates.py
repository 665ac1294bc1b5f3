"""Which pictures look alike, by their bits, then by their colours. Times and cameras are none of its business."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.culling.likeness import APART, difference, same_shape
from engine.culling.score import Score


def duplicates(scores: Sequence[Score], distance: int) -> Iterator[tuple[int, ...]]:
    """Places of pictures that look alike: the first of each, and those that differ from it in at most so many bits.

    All are compared with the first, never with one another, so a row of small steps leads to no stranger. Each step
    counts the bits of all that are left at once: a second for 50,000 pictures, as fast as an index over parts of the
    hash, and without its memory where thousands are alike.
    """
    bits = np.array([each.waves for each in scores], np.uint64)
    fields = np.frombuffer(b"".join(each.colours for each in scores), np.uint8).reshape(len(scores), -1)
    taken = np.zeros(len(scores), np.bool_)
    for first in range(len(scores)):
        if taken[first]:
            continue
        near = np.flatnonzero(np.bitwise_count(bits[first + 1 :] ^ bits[first]) <= distance) + first + 1
        near = near[~taken[near]]
        if near.size:
            near = near[difference(scores[first].colours, fields[near]) < APART]
            alike = [place for place in map(int, near) if _same_shape(scores[first], scores[place])]
            taken[alike] = True
            if alike:
                yield (first, *alike)


def alike(one: Score, other: Score, distance: int) -> bool:
    """The same for two."""
    fields = np.frombuffer(other.colours, np.uint8)[None]
    near = (one.waves ^ other.waves).bit_count() <= distance
    return near and _same_shape(one, other) and float(difference(one.colours, fields)[0]) < APART


def _same_shape(one: Score, other: Score) -> bool:
    return same_shape((one.width, one.height), (other.width, other.height))
