"""Test pictures with what photographs have: soft and fine detail, sharp outlines and grain. Reads no file."""

from __future__ import annotations

import functools
import math

import numpy as np
from numpy.typing import NDArray

from engine.bench.comparison import LEVELS, Depth, Pixels

TILE = (1024, 1536)
GRAIN = 0.003
"""Standard deviation of the noise, of full scale: a camera's at ISO 100 or so. As JPEG it takes what photographs do."""


def photograph(megapixels: float, depth: Depth = "uint8", seed: int = 1) -> Pixels:
    """H x W x 3 in the proportions 2 to 3, both sides divisible by 8; the tile mirrored as often as needed."""
    height = max(1, round(math.sqrt(megapixels * 1e6 / 1.5) / 8)) * 8
    width = max(1, round(megapixels * 1e6 / height / 8)) * 8
    colours = _tile(seed)
    rows, columns = _mirrored(height, TILE[0]), _mirrored(width, TILE[1])
    codes = colours if depth == "float32" else np.floor(colours * LEVELS[depth] + 0.5).astype(depth)
    picture: Pixels = np.ascontiguousarray(codes[rows[:, np.newaxis], columns])
    return picture


def _mirrored(length: int, period: int) -> NDArray[np.intp]:
    """0, 1, ... period - 1, period - 1, ... 0, 0, ..."""
    place = np.arange(length) % (2 * period)
    return np.minimum(place, 2 * period - 1 - place)


@functools.lru_cache(maxsize=1)
def _tile(seed: int) -> NDArray[np.float32]:
    """Light whose spectrum falls with frequency as that of scenes does, cut by outlines, with grain; 0 to 1."""
    random = np.random.default_rng(seed)
    light, shapes = _spectral(random, 1.4), _spectral(random, 1.7)
    objects = np.where(shapes > 0.4, 0.35, np.where(shapes < -0.9, -0.3, 0.0))
    tints = np.stack([_spectral(random, 1.9) for _ in range(3)], axis=2)
    colours = 0.5 + 0.17 * light[..., np.newaxis] + 0.06 * tints + objects[..., np.newaxis] * np.array([1.0, 0.8, 0.6])
    colours += random.normal(0.0, GRAIN, colours.shape)
    tile: NDArray[np.float32] = np.clip(colours, 0.0, 1.0).astype(np.float32)
    return tile


def _spectral(random: np.random.Generator, fall: float) -> NDArray[np.float64]:
    """Noise of mean 0 and deviation 1 whose amplitude falls as frequency to the power `fall`."""
    down, across = np.fft.fftfreq(TILE[0])[:, np.newaxis], np.fft.rfftfreq(TILE[1])[np.newaxis]
    frequency = np.hypot(down, across)
    frequency[0, 0] = np.inf
    plane = np.fft.irfft2(np.fft.rfft2(random.normal(size=TILE)) / frequency**fall, TILE)
    scaled: NDArray[np.float64] = plane / plane.std()
    return scaled
