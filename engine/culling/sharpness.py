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
MEDIAN = 1.4826 / 6
"""From the median of Immerkaer's differences to the standard deviation of Gaussian noise."""
FINE, COARSE = 4.0, 0.1875
"""What noise of variance 1 adds to the energy of differences, as it is and blurred by 1 2 1 both ways."""


def sharpness(luma: Luma) -> float:
    """0 for what is blurred or empty to about 60 for what is crisp at the last pixel; luma is H x W, 0 to 255.

    What a small blur takes from a picture that is sharp, it leaves to one that is blurred already (Crete et al. 2007,
    The Blur Effect): the share of the differences between neighbours that a 1 2 1 blur takes away, in percent. A share
    depends neither on contrast nor on exposure. Noise is measured (Immerkaer 1996, here by a median, which edges hardly
    change) and taken off, and only the tiles with the strongest edges count.
    """
    if min(luma.shape) < SMALLEST:
        return 0.0
    noise = _noise(luma) ** 2
    fine = _tiles(_energy(luma[1:-1, 1:-1]))
    coarse = np.maximum(_tiles(_energy(_blurred(luma))) - COARSE * noise, 0)
    count = max(1, round(coarse.size * SHARE))
    strongest = np.argpartition(coarse, -count)[-count:]
    left, there = float(coarse[strongest].mean()), float(fine[strongest].mean()) - FINE * noise
    if there <= left:
        return 0.0
    # Where edges hardly rise above noise, little can be said for them.
    sure = there / (there + FINE * noise)
    return 100 * sure * (1 - math.sqrt(left / there))


def _noise(luma: Luma) -> float:
    """The standard deviation of the noise."""
    rows = luma[:-2] - 2 * luma[1:-1] + luma[2:]
    both = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    # A ninth of the places tells as much, in a ninth of the time.
    return MEDIAN * float(np.median(np.abs(both[::3, ::3])))


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


def _tiles(energy: Luma) -> Luma:
    """The mean of each whole tile; of all where there is none."""
    rows, columns = (side // TILE for side in energy.shape)
    if not rows or not columns:
        rows, columns, energy = 1, 1, energy.mean(keepdims=True)
    tiles = energy[: rows * TILE, : columns * TILE].reshape(rows, -1, columns, min(TILE, energy.shape[1]))
    means: Luma = tiles.mean(axis=3).mean(axis=1).ravel()
    return means
