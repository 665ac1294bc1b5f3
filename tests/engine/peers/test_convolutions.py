"""Convolutions beside OpenCV's and SciPy's, on a photograph."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine import apply

PHOTOGRAPH = Path(__file__).parents[3] / "images" / "two-dogs.jpg"
KERNELS = (
    "0 -1 0; -1 5 -1; 0 -1 0",
    "1 2 3; 0 0 0; -1 -2 -4",
    "1 4 6 4 1; 4 16 24 16 4; 6 24 36 24 6; 4 16 24 16 4; 1 4 6 4 1",
    "2 0 0 0 0 0 1",
)


@pytest.fixture(scope="module")
def photograph() -> NDArray[np.uint8]:
    with Image.open(PHOTOGRAPH) as opened:
        return np.asarray(opened.convert("RGB"))[:600, :801]


def numbers(kernel: str) -> NDArray[np.float64]:
    rows = np.array([[float(word) for word in row.split()] for row in kernel.split(";")])
    made: NDArray[np.float64] = rows / (abs(rows.sum()) or 1.0)
    return made


def assert_near(found: NDArray[Any], expected: NDArray[Any]) -> None:
    assert np.abs(found.astype(int) - expected.astype(int)).max() <= 1


@pytest.mark.parametrize("kernel", KERNELS)
def test_opencv_makes_the_same(kernel: str, photograph: NDArray[np.uint8]) -> None:
    cv2 = pytest.importorskip("cv2")
    expected = cv2.filter2D(photograph, -1, numbers(kernel), borderType=cv2.BORDER_REPLICATE)
    assert_near(apply(photograph, [f"convolution:kernel={kernel}"], light="encoded"), expected)


@pytest.mark.parametrize("kernel", KERNELS)
def test_scipy_makes_the_same_of_a_kernel_that_is_turned(kernel: str, photograph: NDArray[np.uint8]) -> None:
    ndimage = pytest.importorskip("scipy.ndimage")
    turned = numbers(kernel)[::-1, ::-1, np.newaxis]
    exact = ndimage.convolve(photograph.astype(np.float64), turned, mode="nearest")
    expected = np.floor(np.clip(exact, 0.0, 255.0) + 0.5)
    assert_near(apply(photograph, [f"convolution:kernel={kernel}"], light="encoded"), expected)


@pytest.mark.parametrize("radius", [4.0, 11.5, 30.0])
def test_opencv_makes_the_same_of_a_disc(radius: float, photograph: NDArray[np.uint8]) -> None:
    cv2 = pytest.importorskip("cv2")
    places = np.arange(-32, 33)
    disc = np.clip(radius + 0.5 - np.hypot(places, places[:, np.newaxis]), 0.0, 1.0)
    expected = cv2.filter2D(photograph, -1, disc / disc.sum(), borderType=cv2.BORDER_REPLICATE)
    assert_near(apply(photograph, [f"lens-blur:radius={radius}"], light="encoded"), expected)
