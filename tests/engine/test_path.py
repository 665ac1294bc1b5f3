"""Blurs along paths: how many points are taken, what stays, and where the middle lies."""

import numpy as np
import pytest

from engine import apply
from engine.kinds.path import PASSES, TOGETHER, points
from engine.planner import make_plan
from engine.stack import Stack


@pytest.mark.parametrize(("rate", "expected"), [(1e-9, (2, 1)), (0.004, (3, 2)), (0.04, (4, 3)), (0.5, (4, 5))])
def test_points_are_a_pixel_apart_on_the_longest_path(rate: float, expected: tuple[int, int]) -> None:
    count, sweeps = points(complex(rate), complex(1199.5, 799.5), (1600, 2400))
    assert (count, sweeps) == expected
    assert rate * np.hypot(1199.5, 799.5) <= count**sweeps


def test_paths_of_any_length_take_a_bounded_number_of_points() -> None:
    assert points(1j, 0j, (30000, 30000)) == (TOGETHER, PASSES)
    assert len(make_plan(Stack.parse(["spin-blur:angle=90,x=0"]), (30000, 30000, 3), "uint8").passes) <= PASSES + 1


@pytest.mark.parametrize("spec", ["zoom-blur:amount=100", "spin-blur:angle=90"])
@pytest.mark.parametrize("depth", ["uint8", "float32"])
def test_a_flat_picture_stays_and_so_does_the_middle(spec: str, depth: str) -> None:
    flat = np.full((21, 33, 3), 77, depth)
    np.testing.assert_allclose(apply(flat, [spec]), flat, rtol=1e-5)
    dot = np.zeros((21, 33), np.float32)
    dot[10, 16] = 1.0
    blurred = apply(dot, [spec], light="encoded")
    assert blurred[10, 16] == blurred.max()


def test_a_streak_of_zoom_points_to_the_centre_and_one_of_spin_does_not() -> None:
    dot = np.zeros((101, 101), np.float32)
    dot[50, 80] = 1.0
    zoomed, spun = (apply(dot, [spec], light="encoded") for spec in ("zoom-blur:amount=30", "spin-blur:angle=20"))
    assert zoomed[48:53].sum() == pytest.approx(zoomed.sum())
    assert np.ptp(np.nonzero(zoomed > 1e-6)[1]) >= 7
    assert spun[:, 76:85].sum() == pytest.approx(spun.sum())
    assert np.ptp(np.nonzero(spun > 1e-6)[0]) >= 9


def test_hidden_colours_have_no_say_and_stay() -> None:
    pixels = np.zeros((40, 40, 4), np.float32)
    pixels[:, :20] = (1.0, 0.0, 0.0, 1.0)
    pixels[:, 20:] = (0.0, 0.5, 0.0, 0.0)
    blurred = apply(pixels, ["zoom-blur:amount=20"], light="encoded")
    seen = blurred[..., 3] > 1e-3
    np.testing.assert_allclose(blurred[seen][:, :3], [[1.0, 0.0, 0.0]] * int(seen.sum()), atol=1e-4)
    np.testing.assert_array_equal(blurred[:, 39], pixels[:, 39])
