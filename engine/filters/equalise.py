"""Equalise: tones spread so that each brightness is there as often as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.filter import Filter
from engine.kinds.measured import CLASSES, Tabled, classes_of
from engine.parameters import Choice

if TYPE_CHECKING:
    from engine.filter import Floats, Values

CHANNELS = ("together", "apart")


def table(values: Values, statistics: Floats) -> Floats:
    """For each channel what its classes become."""
    if CHANNELS[int(values["channels"])] == "apart":
        return np.stack([flattened(counts) for counts in statistics])
    return np.repeat(flattened(statistics.sum(axis=0))[np.newaxis], 3, axis=0)


def flattened(counts: Floats) -> Floats:
    """The part of all samples above the darkest class that lies at or below each class."""
    there = np.flatnonzero(counts)
    if there.size < 2:
        return np.arange(CLASSES) / (CLASSES - 1.0)
    darkest = counts[there[0]]
    return np.asarray(np.maximum(0.0, counts.cumsum() - darkest) / (counts.sum() - darkest))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """(n(x) - n0) / (n - n0), n(x) counting samples at or below x, n0 those of the darkest tone, n all.

    So is OpenCV's equalizeHist. Tones are those of 65536 classes; channels are counted together or each alone. Where
    there is one tone only it stays. Transparent pixels do not count.
    """
    classes = classes_of(colour)
    count = colour.shape[2]
    groups = [[channel] for channel in range(count)] if values["channels"] == 1.0 else [list(range(count))]
    made = classes / 65535.0
    for group in groups:
        part = classes[..., group]
        seen = np.sort(part if alpha is None else part[alpha > 0.0], axis=None)
        if seen.size and seen[0] < seen[-1]:
            darkest = np.searchsorted(seen, seen[0], side="right")
            below = np.searchsorted(seen, part, side="right")
            made[..., group] = np.maximum(0, below - darkest) / (seen.size - darkest)
    return made, alpha


FILTER = Filter(
    name="equalise",
    group="tone",
    help="Spreads the tones so that each brightness is there as often as any other. Flat pictures get much contrast.",
    light="encoded",
    kind=Tabled(gathers="tones", table=table),
    oracle=oracle,
    parameters=(
        Choice(
            name="channels",
            choices=CHANNELS,
            default=0.0,
            help="Together keeps the balance of the colours; apart equalises red, green and blue each by itself.",
        ),
    ),
    example="equalise:channels=apart",
    jumps=True,
)
