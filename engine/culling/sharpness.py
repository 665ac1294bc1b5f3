"""How sharp the sharpest parts of a picture are, whatever they show and however bright. It knows no files."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.float32]

TILE = 32
"""Pixels a side of the parts that are judged by themselves."""
SHARE = 0.1
"""Of the tiles, those with the strongest edges count: a face before a blurred ground is sharp."""
SMALLEST = 8
"""Pixels a side below which there is nothing to judge."""
STEP = 4
"""Pixels from one to the next that noise is measured at: a sixteenth of them tells as much."""
LEVELS = 8
"""Groups of tiles, from the darkest to the brightest, each with noise of its own, as light itself is noisy."""
MEDIAN = 1.4826 / 6
"""From the median of Immerkaer's differences to the standard deviation of Gaussian noise."""
FINE, COARSE = 4.0, 0.1875
"""What noise of variance 1 adds to the energy of differences, as it is and blurred by 1 2 1 both ways."""


def sharpness(luma: Luma) -> float:
    """0 for what is blurred or empty to about 60 for what is crisp at the last pixel; luma is H x W, 0 to 255.

    What a small blur takes from a picture that is sharp, it leaves to one that is blurred already (Crete et al. 2007,
    The Blur Effect): the share of the differences between neighbours that a 1 2 1 blur takes away, in percent. A share
    depends neither on contrast nor on exposure. Noise is measured (Immerkaer 1996, here by medians, which edges hardly
    change) and taken off, and only the tiles with the strongest edges count.
    """
    if min(luma.shape) < SMALLEST:
        return 0.0
    inner = luma[1:-1, 1:-1]
    noise = _noise(luma, inner)
    fine = _tiles(_energy(inner)).mean(axis=1)
    coarse = np.maximum(_tiles(_energy(_blurred(luma))).mean(axis=1) - COARSE * noise, 0)
    count = max(1, round(coarse.size * SHARE))
    strongest = np.argpartition(coarse, -count)[-count:]
    grain = FINE * float(noise[strongest].mean())
    left, there = float(coarse[strongest].mean()), float(fine[strongest].mean()) - grain
    if there <= left:
        return 0.0
    # Where edges hardly rise above noise, little can be said for them.
    sure = there / (there + grain)
    return 100 * sure * (1 - math.sqrt(left / there))


def _noise(luma: Luma, inner: Luma) -> Luma:
    """The variance of the noise in each tile: the same in all that are about as bright."""
    rows = luma[:-2] - 2 * luma[1:-1] + luma[2:]
    both = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    # The last row and column have no differences to the next, so no tile of energies has them.
    found = MEDIAN * np.median(np.abs(_tiles(both[:-1, :-1], STEP)), axis=1)
    brightness = _tiles(inner[:-1, :-1], STEP).mean(axis=1)
    noise = np.empty(found.size, np.float32)
    for level in np.array_split(np.argsort(brightness), min(LEVELS, found.size)):
        noise[level] = np.median(found[level]) ** 2
    return noise


def _blurred(luma: Luma) -> Luma:
    rows = luma[:-2] + 2 * luma[1:-1] + luma[2:]
    both: Luma = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16
    return both


def _energy(luma: Luma) -> Luma:
    """Squared differences to the right and downwards, added."""
    right = luma[:-1, 1:] - luma[:-1, :-1]
    down = luma[1:, :-1] - luma[:-1, :-1]
    right *= right
    down *= down
    right += down
    return right


def _tiles(values: Luma, step: int = 1) -> Luma:
    """The values of each whole tile, tile by tile, each `step` pixels from the next; all as one where there is none."""
    rows, columns = (length // TILE for length in values.shape)
    if not rows or not columns:
        return values[::step, ::step].reshape(1, -1)
    side = TILE // step
    whole = values[: rows * TILE : step, : columns * TILE : step].reshape(rows, side, columns, side)
    return whole.swapaxes(1, 2).reshape(rows * columns, side * side)
