"""The truth of pictures read between their pixels, in float64 and from the definition: what oracles of geometry use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.filter import Floats


def keys(distance: Floats) -> Floats:
    """The cubic kernel of Keys 1981 (IEEE ASSP 29), a = -1/2."""
    s = np.abs(distance)
    near, far = 1.5 * s**3 - 2.5 * s**2 + 1.0, -0.5 * s**3 + 2.5 * s**2 - 4.0 * s + 2.0
    made: Floats = np.select([s < 1.0, s < 2.0], [near, far])
    return made


def tent(distance: Floats) -> Floats:
    """The kernel of bilinear interpolation."""
    made: Floats = np.maximum(0.0, 1.0 - np.abs(distance))
    return made


def sampled(
    colour: Floats, alpha: Floats | None, x: Floats, y: Floats, kernel: str, beyond: str
) -> tuple[Floats, Floats | None]:
    """The picture at places x, y, of which (0.5, 0.5) is the first pixel's centre; colour weighted by alpha.

    Alpha is limited to 0 to 1. `kernel` is bicubic or bilinear; `beyond` is edge, transparent, black or white.
    """
    fill, cover = float(beyond == "white"), float(beyond != "transparent")
    straight = _read(colour, x, y, kernel, beyond, fill)
    if alpha is None:
        return straight, None
    weights = _read(alpha[..., np.newaxis], x, y, kernel, beyond, cover)
    weighted = _read(colour * alpha[..., np.newaxis], x, y, kernel, beyond, fill * cover)
    return divided(weighted, weights, straight)


def divided(weighted: Floats, weights: Floats, straight: Floats) -> tuple[Floats, Floats]:
    """Colour and alpha of sums that alpha weights: the straight sum where nothing is to be seen, alpha from 0 to 1.

    Negative weights may leave sums of alpha beyond that. A millionth is what rounding may leave of nothing.
    """
    seen = weights > 2.0**-20
    colour = np.where(seen, weighted / np.where(seen, weights, 1.0), straight)
    return colour, np.clip(weights[..., 0], 0.0, 1.0)


def _read(planes: Floats, x: Floats, y: Floats, kernel: str, beyond: str, fill: float) -> Floats:
    height, width = planes.shape[:2]
    # Farther beyond the border nothing changes.
    x, y = np.clip(x - 0.5, -9.0, width + 9.0), np.clip(y - 0.5, -9.0, height + 9.0)
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    weight = keys if kernel == "bicubic" else tent
    total = np.zeros((*x.shape, planes.shape[2]))
    for j in range(-1, 3):
        for i in range(-1, 3):
            column, row = left + i, top + j
            inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            sample = planes[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
            if beyond != "edge":
                sample = np.where(inside[..., np.newaxis], sample, fill)
            total += (weight(x - column) * weight(y - row))[..., np.newaxis] * sample
    return total
