"""Every score against its oracle, and what it must not depend on."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from engine.culling.likeness import colours, difference, waves
from engine.culling.score import SIDE
from engine.culling.sharpness import SMALLEST, sharpness
from engine.culling.tones import DARKEST, clipping, exposure
from tests.engine.culling import oracle
from tests.engine.culling.made import blurred, brighter, noisy, opened, photographs

IMAGES = Path(__file__).parents[3] / "images"
NAMES = [path.name for path in photographs(IMAGES)]
Pixels = NDArray[np.uint8]


def pixels_of(picture: Image.Image) -> Pixels:
    return np.asarray(picture)


def luma_of(picture: Image.Image) -> NDArray[np.float32]:
    return oracle.luma(pixels_of(picture)).astype(np.float32)


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_their_oracles(name: str) -> None:
    picture = opened(IMAGES / name, SIDE)
    pixels, exact = pixels_of(picture), oracle.luma(pixels_of(picture))
    assert sharpness(exact.astype(np.float32)) == pytest.approx(oracle.sharpness(exact), abs=0.05)
    # The median is told by a sixteenth of the pixels.
    assert exposure(pixels) == pytest.approx(oracle.exposure(pixels), abs=0.05)
    assert (waves(exact.astype(np.float32)) ^ oracle.waves(exact)).bit_count() <= 1
    shadows, highlights = clipping(pixels)
    for channel in range(3):
        plane = pixels[..., channel]
        assert shadows[channel] == pytest.approx(np.mean(plane <= 1), abs=1e-12)
        assert highlights[channel] == pytest.approx(np.mean(plane >= 254), abs=1e-12)


def test_fields_are_means() -> None:
    pixels = pixels_of(opened(IMAGES / "two-dogs.jpg", 640))
    found = np.frombuffer(colours(pixels), np.uint8).reshape(8, 8, 3)
    rows, columns = (np.arange(9) * length // 8 for length in pixels.shape[:2])
    for y, x in np.ndindex(8, 8):
        part = pixels[rows[y] : rows[y + 1], columns[x] : columns[x + 1]].astype(float)
        assert np.abs(found[y, x] - part.mean(axis=(0, 1))).max() <= 0.51


@pytest.mark.parametrize("name", NAMES)
def test_the_more_it_is_blurred_the_less_sharp_it_is(name: str) -> None:
    scene = opened(IMAGES / name, SIDE)
    found = [sharpness(luma_of(blurred(radius)(scene))) for radius in (0.4, 0.8, 1.6, 3.2)]
    assert [sharpness(luma_of(scene)), *found] == sorted([sharpness(luma_of(scene)), *found], reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_contrast_is_no_sharpness(name: str) -> None:
    plane = luma_of(opened(IMAGES / name, SIDE))
    assert sharpness(plane / 4 + 100) == pytest.approx(sharpness(plane), rel=1e-3)


def test_noise_is_no_sharpness() -> None:
    scene = opened(IMAGES / "nuthatch.jpg", SIDE)
    soft = blurred(2)(scene)
    assert sharpness(luma_of(noisy(8)(soft))) < sharpness(luma_of(scene)) / 2
    noise = np.random.default_rng(1).normal(120, 10, (300, 400)).astype(np.float32)
    assert sharpness(noise) < 10


@pytest.mark.parametrize("shape", [(SMALLEST - 1, 50), (1, 1), (SMALLEST, SMALLEST), (40, 9), (33, 35), (34, 2000)])
def test_pictures_of_any_size_have_a_sharpness(shape: tuple[int, int]) -> None:
    plane = np.random.default_rng(2).uniform(0, 255, shape).astype(np.float32)
    assert 0 <= sharpness(plane) <= 100
    assert sharpness(np.full(shape, 77, np.float32)) == 0


@pytest.mark.parametrize("stops", [-2.0, -1.0, 1.0])
def test_exposure_counts_in_stops(stops: float) -> None:
    grey = Image.new("RGB", (64, 48), (100, 100, 100))
    apart = exposure(pixels_of(brighter(stops)(grey))) - exposure(pixels_of(grey))
    assert apart == pytest.approx(stops, abs=0.05)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_ends_of_exposure_and_clipping(channels: int) -> None:
    black, white = np.zeros((9, 7, channels), np.uint8), np.full((9, 7, channels), 255, np.uint8)
    assert exposure(black) == DARKEST
    assert exposure(white) == pytest.approx(math.log2(1 / 0.18), abs=1e-5)
    assert clipping(black) == ((1.0,) * channels, (0.0,) * channels)
    assert clipping(white) == ((0.0,) * channels, (1.0,) * channels)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 3]))
def test_the_smallest_pictures_can_be_compared(height: int, width: int, channels: int) -> None:
    pixels = np.random.default_rng(height * 41 + width).integers(0, 256, (height, width, channels)).astype(np.uint8)
    fields = colours(pixels)
    assert len(fields) == 192
    assert difference(fields, np.frombuffer(fields, np.uint8)[None])[0] == pytest.approx(0, abs=1e-3)
    assert 0 <= waves(pixels[..., 0].astype(np.float32)) < 1 << 64
