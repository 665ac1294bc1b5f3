"""Pictures in few bytes: never more than asked for, whatever the picture, and still the picture."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.tui.graphics.test_drawing import bytes_of, seen
from tui.graphics.canvas import draw
from tui.graphics.palette import colours_seen
from tui.graphics.thin import thin
from tui.graphics.way import Way

ROWS, COLUMNS = 47, 80


def photograph(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB").resize((COLUMNS, 2 * ROWS)))


@pytest.mark.parametrize("budget", [20_000, 10_000, 6000])
def test_photographs_stay_within_the_budget_and_better_ones_cost_more(photographs: Path, budget: int) -> None:
    for name in ("nuthatch.jpg", "pier-in-fog.jpg", "two-dogs.jpg"):
        pixels = photograph(photographs / name)
        strips = thin(pixels, budget)
        assert bytes_of(strips) <= budget
        error = np.sqrt(((colours_seen(pixels) - colours_seen(seen(strips))) ** 2).sum(axis=-1)).mean()
        assert error <= {20_000: 0.05, 10_000: 0.09, 6000: 0.17}[budget]


def test_noise_stays_within_the_budget_too() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (2 * ROWS, COLUMNS, 3)).astype(np.uint8)
    for budget in (20_000, 10_000):
        assert bytes_of(thin(noise, budget)) <= budget


def test_what_fits_loses_nothing() -> None:
    flat = np.full((2 * ROWS, COLUMNS, 3), (95, 135, 175), np.uint8)
    assert (seen(thin(flat, 20_000)) == flat).all()


def test_the_canvas_keeps_24_bits_where_they_fit(photographs: Path) -> None:
    pixels = photograph(photographs / "nuthatch.jpg")
    assert (seen(draw(pixels, Way(), 1 << 20)) == pixels).all()
    assert bytes_of(draw(pixels, Way(), 20_000)) <= 20_000
