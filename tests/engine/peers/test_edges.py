"""Edges beside those of other libraries that define them nearly alike, on photographs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from engine import apply
from engine.stack import Stack
from tests.engine.oracle import assert_true

IMAGES = Path(__file__).parents[3] / "images"
STEP = "canny:sigma=1.4,low=3,high=8"
LOW, HIGH = 0.12, 0.32
"""The same where slopes are four times as large."""


@pytest.fixture(scope="module", params=["pier-in-fog.jpg", "two-dogs.jpg", "nuthatch.jpg"])
def photograph(request: pytest.FixtureRequest) -> NDArray[np.uint8]:
    image = pytest.importorskip("PIL.Image")
    with image.open(IMAGES / request.param) as opened:
        opened.draft("RGB", (800, 800))
        return np.ascontiguousarray(np.asarray(opened.convert("RGB"))[:1200, :1200])


def strays(lines: NDArray[Any], others: NDArray[Any]) -> float:
    """The part of lines that is farther than a pixel from the others."""
    return float((lines & ~binary_dilation(others, np.ones((3, 3)))).sum() / max(1, lines.sum()))


def test_photographs_are_as_the_oracle_has_them(photograph: NDArray[np.uint8]) -> None:
    stack = Stack.parse([STEP])
    assert_true(apply(photograph, stack), photograph, stack, "linear", steep=True)


def test_canny_is_nearly_that_of_scikit_image(photograph: NDArray[np.uint8]) -> None:
    feature = pytest.importorskip("skimage.feature")
    grey = photograph[..., 1].copy()
    found = apply(grey, [STEP]).reshape(grey.shape) > 0
    expected = feature.canny(grey / 255.0, 1.4, LOW, HIGH, mode="nearest")
    # Of two slopes that are the same it keeps both, and next to the border none.
    assert 0.01 < found.mean() < 0.3
    assert (found != expected).mean() < 0.005
    assert max(strays(found, expected), strays(expected, found)) < 0.04


def test_canny_is_nearly_that_of_opencv(photograph: NDArray[np.uint8]) -> None:
    cv2 = pytest.importorskip("cv2")
    grey = photograph[..., 1].copy()
    found = apply(grey, [STEP]).reshape(grey.shape) > 0
    # It rounds what is blurred to whole levels, and compares with one of four neighbours on each side.
    expected = cv2.Canny(cv2.GaussianBlur(grey, (0, 0), 1.4), LOW * 255.0, HIGH * 255.0, L2gradient=True) > 0
    assert max(strays(found, expected), strays(expected, found)) < 0.15
