"""The median where halving an interval could go wrong: outliers, infinity, ties, and tones that lie close together."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from engine import apply

Singles = NDArray[np.float32]


def assert_median(pixels: Singles, radius: int, off: float = 0.0) -> None:
    found = apply(pixels, [f"median:radius={radius}"], workers=1)
    expected = median_filter(pixels, size=2 * radius + 1, mode="nearest")
    assert np.abs(found - expected).max() <= off


def noise(seed: int = 0) -> Singles:
    return np.random.default_rng(seed).standard_normal((40, 37)).astype(np.float32)


@pytest.mark.parametrize("radius", [1, 2, 5])
@pytest.mark.parametrize("outlier", [np.inf, -np.inf, 3e38, -1e30, 1e6, -40.0])
def test_a_hot_pixel_is_removed_and_its_neighbours_are_exact(outlier: float, radius: int) -> None:
    pixels = noise()
    pixels[::9, ::8] = outlier
    assert_median(pixels, radius)


def test_infinity_is_the_median_where_most_are_infinite() -> None:
    pixels = noise()
    pixels[10:30, 10:30] = np.inf
    found = apply(pixels, ["median:radius=2"], workers=1)
    assert np.isposinf(found[13:27, 13:27]).all()
    assert np.isfinite(found[:8]).all()


@pytest.mark.parametrize("radius", [1, 3])
def test_ties_are_exact(radius: int) -> None:
    assert_median(np.round(noise() * 2.0), radius)
    assert_median(np.full((12, 9), 0.3, np.float32), radius)


def test_close_tones_beside_a_glint_are_told_apart() -> None:
    pixels = np.repeat(np.linspace(0.2, 0.3, 400, dtype=np.float32)[np.newaxis], 20, axis=0)
    pixels[::7, ::5] = 1000.0
    assert_median(pixels, 3, off=np.spacing(np.float32(0.3)))


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e4])
def test_the_error_is_half_a_16_bit_level_or_a_part_of_the_tone_itself(scale: float) -> None:
    pixels = noise(5) * np.float32(scale)
    assert_median(pixels, 5, off=0.5 / 65535 if scale <= 1.0 else scale * 1e-5)
