"""Geometry against OpenCV and scikit-image on a real photograph, where they define it the same way."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply

cv2: Any = pytest.importorskip("cv2")
PHOTOGRAPH = Path(__file__).parents[3] / "images" / "nuthatch.jpg"
INSIDE = 4
"""Pixels from the border, where peers continue the picture in other ways."""


@pytest.fixture(scope="module")
def pixels() -> NDArray[np.float32]:
    """A part of it, as float32 numbers."""
    return np.ascontiguousarray(cv2.imread(str(PHOTOGRAPH))[:401, :600]).astype(np.float32) / np.float32(255.0)


def test_a_turn_is_that_of_opencv(pixels: NDArray[np.float32]) -> None:
    """OpenCV rounds places to 1/32 pixel."""
    ours = apply(pixels, ["rotate:angle=11,canvas=keep,kernel=bilinear,border=black"], workers=2, light="encoded")
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -11, 1.0)
    theirs = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(0, 0, 0))
    assert np.abs(ours - theirs).max() < 1 / 32
    assert np.abs(ours - theirs).mean() < 1e-3


@pytest.mark.parametrize(("kernel", "order"), [("bilinear", 1)])
def test_a_turn_is_that_of_scikit_image(pixels: NDArray[np.float32], kernel: str, order: int) -> None:
    transform: Any = pytest.importorskip("skimage.transform")
    ours = apply(pixels, [f"rotate:angle=-23,canvas=keep,border=black,kernel={kernel}"], workers=2, light="encoded")
    theirs = transform.rotate(pixels.astype(np.float64), 23, order=order)
    np.testing.assert_allclose(ours[INSIDE:-INSIDE, INSIDE:-INSIDE], theirs[INSIDE:-INSIDE, INSIDE:-INSIDE], atol=1e-4)


def test_a_lens_is_that_of_opencv(pixels: NDArray[np.float32]) -> None:
    """OpenCV's camera matrix with half the diagonal as its focal length; its places are float32."""
    height, width = pixels.shape[:2]
    half = np.hypot(width, height) / 2.0
    camera = np.array([[half, 0.0, (width - 1) / 2.0], [0.0, half, (height - 1) / 2.0], [0.0, 0.0, 1.0]])
    theirs = cv2.undistort(pixels, camera, np.array([-0.2, 0.05, 0.0, 0.0]))
    ours = apply(pixels, ["lens-distortion:k1=-0.2,k2=0.05,kernel=bilinear"], workers=2, light="encoded")
    assert np.abs(ours - theirs)[INSIDE:-INSIDE, INSIDE:-INSIDE].max() < 1 / 32


def test_four_corners_are_those_of_opencv(pixels: NDArray[np.float32]) -> None:
    """OpenCV counts from the middle of the first pixel."""
    height, width = pixels.shape[:2]
    corners = np.array([[12, 5], [88, 15], [95, 90], [4, 82]]) * [width / 100, height / 100]
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    matrix = cv2.getPerspectiveTransform((ends - 0.5).astype(np.float32), (corners - 0.5).astype(np.float32))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    theirs = cv2.warpPerspective(pixels, matrix, (width, height), flags=flags)
    spec = "four-corners:corners=12 5; 88 15; 95 90; 4 82,canvas=keep,kernel=bilinear"
    ours = apply(pixels, [spec], workers=2, light="encoded")
    assert np.abs(ours - theirs)[INSIDE:-INSIDE, INSIDE:-INSIDE].max() < 1 / 32


def test_a_border_is_that_of_opencv(pixels: NDArray[np.float32]) -> None:
    theirs = cv2.copyMakeBorder(pixels, 7, 7, 7, 7, cv2.BORDER_REPLICATE)
    np.testing.assert_array_equal(apply(pixels, ["canvas:size=7,fill=edge"], workers=1, light="encoded"), theirs)
