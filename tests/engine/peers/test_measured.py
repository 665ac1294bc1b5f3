"""Whole-picture filters beside those of other libraries that define them alike, on a photograph."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply

IMAGES = Path(__file__).parents[3] / "images"


@pytest.fixture(scope="module")
def photograph() -> NDArray[np.uint8]:
    image = pytest.importorskip("PIL.Image")
    with image.open(IMAGES / "pier-in-fog.jpg") as opened:
        opened.draft("RGB", (1200, 1200))
        return np.asarray(opened.convert("RGB"))


def farthest(found: NDArray[Any], expected: NDArray[Any]) -> int:
    return int(np.abs(found.astype(int) - expected.astype(int)).max())


@pytest.mark.parametrize("clip", [0, 1, 5])
def test_auto_levels_is_what_pillow_calls_autocontrast(photograph: NDArray[np.uint8], clip: int) -> None:
    image, operations = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageOps")
    expected = np.asarray(operations.autocontrast(image.fromarray(photograph), cutoff=clip))
    # Pillow drops the fraction that is rounded here.
    assert farthest(apply(photograph, [f"auto-levels:clip={clip}"]), expected) <= 1
    grey = photograph[..., 1].copy()
    expected = np.asarray(operations.autocontrast(image.fromarray(grey), cutoff=clip))
    assert farthest(apply(grey, [f"auto-contrast:clip={clip}"]), expected) <= 1


def test_equalise_is_that_of_opencv(photograph: NDArray[np.uint8]) -> None:
    cv2 = pytest.importorskip("cv2")
    expected = np.dstack([cv2.equalizeHist(np.ascontiguousarray(photograph[..., channel])) for channel in range(3)])
    assert farthest(apply(photograph, ["equalise:channels=apart"]), expected) <= 1
    grey = photograph[..., 1].copy()
    assert farthest(apply(grey, ["equalise"]), cv2.equalizeHist(grey)) <= 1


@pytest.mark.parametrize("depth", ["uint8", "uint16"])
def test_otsu_is_that_of_scikit_image(photograph: NDArray[np.uint8], depth: str) -> None:
    filters = pytest.importorskip("skimage.filters")
    grey = photograph[..., 1].astype(depth) * (1 if depth == "uint8" else 257)
    expected = np.where(grey > filters.threshold_otsu(grey), np.iinfo(depth).max, 0)
    assert farthest(apply(grey, ["otsu"]), expected) == 0


@pytest.mark.parametrize("clip", [1, 2, 4, 40])
def test_clahe_is_that_of_opencv(photograph: NDArray[np.uint8], clip: int) -> None:
    cv2 = pytest.importorskip("cv2")
    # OpenCV grows pictures whose sides are no multiples of the tiles', and rounds its tables to whole levels.
    height, width = (side // 8 * 8 for side in photograph.shape[:2])
    grey = photograph[:height, :width, 1].copy()
    expected = cv2.createCLAHE(clip, (8, 8)).apply(grey)
    found = apply(grey, [f"clahe:tiles=8,clip={clip}"])
    assert farthest(found, expected) <= 2
    assert (np.abs(found.astype(int) - expected.astype(int)) <= 1).mean() > 0.9999
