"""Filters against noise beside those of scikit-image, on a photograph."""

from pathlib import Path

import numpy as np
import pytest

from engine import apply

IMAGES = Path(__file__).parents[3] / "images"


@pytest.mark.parametrize(("weight", "iterations"), [(0.06, 24), (0.3, 7), (0.02, 40)])
def test_total_variation_is_that_of_scikit_image(weight: float, iterations: int) -> None:
    image, restoration = pytest.importorskip("PIL.Image"), pytest.importorskip("skimage.restoration")
    with image.open(IMAGES / "pier-in-fog.jpg") as opened:
        opened.draft("L", (1200, 1200))
        grey = np.asarray(opened.convert("L")).astype(np.float32) / np.float32(255.0)
    # There the result is the one before its last step.
    expected = restoration.denoise_tv_chambolle(
        grey.astype(np.float64), weight=weight, eps=0.0, max_num_iter=iterations + 1
    )
    found = apply(grey, [f"total-variation:weight={weight},iterations={iterations}"])
    assert np.abs(found - expected).max() < 1e-5
