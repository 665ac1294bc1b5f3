"""Every score by its definition, in float64 and one value at a time. It shares no code with the engine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

Plane = NDArray[np.float64]
BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16
NOISE = np.outer([1, -2, 1], [1, -2, 1])
"""Immerkaer 1996, equation 3."""
TILE, STEP, LEVELS, SHARE = 32, 4, 8, 0.1


def luma(pixels: NDArray[np.uint8]) -> Plane:
    """ITU-R BT.709-6, of codes."""
    values = pixels.astype(np.float64)
    return values[..., 0] if values.shape[2] == 1 else values @ [0.2126, 0.7152, 0.0722]


def sharpness(plane: Plane) -> float:
    """The share of differences that a small blur takes, noise apart, in the tiles with the strongest edges."""
    convolved = {name: ndimage.convolve(plane, mask)[1:-1, 1:-1] for name, mask in (("blur", BLUR), ("noise", NOISE))}
    inner = plane[1:-1, 1:-1]
    corners = [
        (top, left)
        for top in range(0, inner.shape[0] - 1 - TILE + 1, TILE)
        for left in range(0, inner.shape[1] - 1 - TILE + 1, TILE)
    ]
    rows = []
    for top, left in corners:
        part = np.s_[top : top + TILE, left : left + TILE]
        few = np.s_[top : top + TILE : STEP, left : left + TILE : STEP]
        deviation = np.median(np.abs(convolved["noise"][few])) * 1.4826 / 6
        rows.append(
            (_energy(inner)[part].mean(), _energy(convolved["blur"])[part].mean(), deviation, inner[few].mean())
        )
    fine, coarse, deviation, brightness = np.array(rows).T
    variance = np.empty(len(rows))
    for level in np.array_split(np.argsort(brightness, kind="stable"), LEVELS):
        variance[level] = np.median(deviation[level]) ** 2
    # A difference of two neighbours of variance 1 has variance 2; blurred, by what the mask's autocorrelation leaves.
    coarse = np.maximum(coarse - 2 * 2 * ((BLUR**2).sum() - (BLUR[:, 1:] * BLUR[:, :-1]).sum()) * variance, 0)
    strongest = np.argsort(coarse)[-max(1, round(len(rows) * SHARE)) :]
    grain = 4 * variance[strongest].mean()
    left, there = coarse[strongest].mean(), fine[strongest].mean() - grain
    return 0.0 if there <= left else float(100 * there / (there + grain) * (1 - np.sqrt(left / there)))


def _energy(plane: Plane) -> Plane:
    energy: Plane = (plane[:-1, 1:] - plane[:-1, :-1]) ** 2 + (plane[1:, :-1] - plane[:-1, :-1]) ** 2
    return energy


def exposure(pixels: NDArray[np.uint8]) -> float:
    """The median of all pixels' luminance, in stops from 18 %."""
    codes = pixels / 255
    light = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    return float(np.log2(np.median(luma(light)) / 0.18))  # type: ignore[arg-type]


def waves(plane: Plane) -> int:
    """Zauner 2010, 3.2.1: signs of 8 x 8 low frequencies against their median, the first of all rows left out."""
    side = 32
    rows, columns = (np.arange(side + 1) * length // side for length in plane.shape)
    small = np.array(
        [[plane[rows[y] : rows[y + 1], columns[x] : columns[x + 1]].mean() for x in range(side)] for y in range(side)]
    )
    low = fft.dctn(small)[1:9, 1:9]
    return int("".join("1" if value > np.median(low) else "0" for value in low.ravel()), 2)
