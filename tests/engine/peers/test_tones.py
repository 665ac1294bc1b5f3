"""Filters of tone against Pillow, OpenCV and SciPy on a photograph, with the settings that mean the same."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply

PHOTOGRAPH = Path(__file__).parents[3] / "images" / "two-dogs.jpg"


def photograph() -> NDArray[Any]:
    """As Pillow decodes it, RGB of 8 bits."""
    with pytest.importorskip("PIL.Image").open(PHOTOGRAPH) as opened:
        pixels: NDArray[Any] = np.asarray(opened.convert("RGB"))
    return np.ascontiguousarray(pixels[:600, :800])


@pytest.mark.parametrize("threshold", [0, 77, 128, 255])
def test_solarise_is_that_of_pillow(threshold: int) -> None:
    image, operations = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageOps")
    pixels = photograph()
    expected = np.asarray(operations.solarize(image.fromarray(pixels), threshold))
    found = apply(pixels, [f"solarise:threshold={threshold / 255!r}"])
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("threshold", [0, 90, 127, 254])
def test_threshold_is_that_of_opencv(threshold: int) -> None:
    """OpenCV makes white what lies above its threshold."""
    opencv = pytest.importorskip("cv2")
    grey = np.ascontiguousarray(photograph()[..., 1])
    expected = opencv.threshold(grey, threshold, 255, opencv.THRESH_BINARY)[1]
    found = apply(grey, [f"threshold:value={(threshold + 0.5) / 255!r}"])
    np.testing.assert_array_equal(found, expected)


def test_posterise_finds_the_nearest_colour_of_a_palette_as_scipy_does() -> None:
    """Of the grey levels 0, 85, 170 and 255."""
    tree = pytest.importorskip("scipy.spatial").KDTree(np.array([[0.0], [85.0], [170.0], [255.0]]))
    pixels = photograph()
    expected = 85 * tree.query(pixels.reshape(-1, 1).astype(float))[1].reshape(pixels.shape)
    np.testing.assert_array_equal(apply(pixels, ["posterise:levels=4"]), expected)


def test_a_mixture_of_channels_is_that_of_opencv() -> None:
    """In code values, which count as light here."""
    opencv = pytest.importorskip("cv2")
    pixels = photograph()
    weights = np.array([[1.2, -0.3, 0.1], [0.0, 0.7, 0.3], [0.25, 0.25, 0.5]])
    names = [f"{new}-from-{old}" for new in ("red", "green", "blue") for old in ("red", "green", "blue")]
    stack = [
        "channel-mixer:"
        + ",".join(f"{name}={100 * weight:g}" for name, weight in zip(names, weights.flat, strict=True))
    ]
    expected = opencv.transform(pixels, weights)
    found = apply(pixels, stack, light="encoded")
    assert np.abs(found.astype(int) - expected).max() <= 1
