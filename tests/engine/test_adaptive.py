"""Tones through the tables of tiles: what counts and what does not, small pictures, parts, steadiness, colours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import apply
from engine.planner import make_plan
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made


def test_what_is_transparent_does_not_count() -> None:
    pixels = made("noise", (60, 80, 4), "uint8", seed=3)
    pixels[..., 3] = 255
    pixels[:25, :, 3] = 0
    seen = apply(pixels, ["clahe:clip=9"])
    pixels[:25, :, :3] = 255
    np.testing.assert_array_equal(apply(pixels, ["clahe:clip=9"])[25:], seen[25:])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_changes_nothing_else(bad: float) -> None:
    pixels = made("noise", (40, 40, 3), "float32", seed=4)
    pixels[7, 9] = 1.0 if bad > 0.0 else 0.0
    clean = apply(pixels, ["clahe"])
    pixels[7, 9] = bad
    found = apply(pixels, ["clahe"])
    others = np.ones((40, 40), np.bool_)
    others[7, 9] = False
    assert not np.isfinite(found[7, 9]).any()
    np.testing.assert_allclose(found[others], clean[others], atol=0.05 if np.isnan(bad) else 0.0)


def test_tones_stay_where_nothing_is_seen() -> None:
    pixels = made("noise", (30, 30, 4), "uint8", seed=1)
    pixels[..., 3] = 0
    np.testing.assert_array_equal(apply(pixels, ["clahe"]), pixels)


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_part_is_equalised_by_itself(depth: str) -> None:
    pixels = made("ramp", (120, 90, 1), depth, seed=1)
    cropped = apply(pixels, ["crop:left=50,top=50", "clahe:tiles=3"])
    np.testing.assert_array_equal(cropped, apply(pixels[60:, 45:].copy(), ["clahe:tiles=3"]).reshape(cropped.shape))


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 40, 4), (40, 1, 1), (5, 300, 2)])
def test_pictures_of_fewer_pixels_than_tiles(shape: tuple[int, int, int], depth: str) -> None:
    pixels, stack = made("noise", shape, depth, seed=2), Stack.parse(["clahe:tiles=16,clip=40"])
    assert_true(apply(pixels, stack), pixels, stack, "linear")


@given(seed=st.integers(0, 999), tiles=st.integers(1, 16), clip=st.floats(1.0, 40.0), tone=st.floats(0.0, 1.0))
@settings(max_examples=40)
def test_noise_next_to_flat_parts_does_not_jump(seed: int, tiles: int, clip: float, tone: float) -> None:
    pixels = np.full((60, 70, 3), round(tone * 65535.0), np.uint16)
    pixels[::7, ::5] = made("noise", (9, 14, 3), "uint16", seed)
    stack = Stack.parse([f"clahe:tiles={tiles},clip={clip}"])
    assert_true(apply(pixels, stack, workers=2), pixels, stack, "encoded")


def test_differences_of_colours_stay() -> None:
    pixels = made("noise", (70, 90, 3), "float32", seed=5)
    found = apply(pixels, ["clahe:clip=5"])
    np.testing.assert_allclose(found[..., 0] - found[..., 1], pixels[..., 0] - pixels[..., 1], atol=1e-6)
    assert np.abs(found - pixels).max() > 0.1


@pytest.mark.parametrize("before", ["gaussian-blur:sigma=2", "exposure:ev=-1", "saturation:amount=0.4"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_it_counts_what_another_has_made(before: str, depth: str) -> None:
    pixels = made("noise", (97, 133, 4), depth, seed=8)
    stack = Stack.parse([before, "clahe:clip=3,opacity=0.7", "contrast:amount=0.2"])
    assert_true(apply(pixels, stack, workers=3), pixels, stack, "linear", steep=True)


def test_counters_are_few() -> None:
    plan = make_plan(Stack.parse(["clahe:tiles=16"]), (4000, 6000, 3), "uint8")
    assert [each.counters for each in plan.passes] == [65536, 0]
    assert plan.memory() == 4000 * 6000 * 3 + 8 * 65536
