"""Pictures to measure with, and what the oracles make of them."""

import numpy as np
import pytest

from engine.bench.comparison import DEPTHS, Depth
from engine.bench.picture import photograph
from engine.bench.truth import error, exact, rows_of, table_of, truth
from engine.library import apply
from engine.stack import Stack


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_picture_has_its_size_and_many_tones(depth: Depth) -> None:
    picture = photograph(0.1, depth)
    height, width = picture.shape[:2]
    assert picture.dtype == depth
    assert picture.flags.c_contiguous
    assert (height % 8, width % 8) == (0, 0)
    assert height * width == pytest.approx(1e5, rel=0.1)
    assert len(np.unique(picture)) > 200
    np.testing.assert_array_equal(picture, photograph(0.1, depth))


def test_a_large_picture_is_the_tile_mirrored() -> None:
    picture = photograph(5.0)
    assert picture.shape[1] > 1736
    np.testing.assert_array_equal(picture[:, 1536:1736], picture[:, 1336:1536][:, ::-1])


@pytest.mark.parametrize("depth", DEPTHS)
def test_our_result_is_within_a_level_of_the_truth(depth: Depth) -> None:
    picture, stack = photograph(0.02, depth), Stack.parse(["exposure:ev=-0.5", "gaussian-blur:sigma=2"])
    assert error(apply(picture, stack, light="encoded"), truth(picture, stack)) < 1.0


def test_another_shape_is_no_result() -> None:
    assert error(np.zeros((2, 3, 3), np.uint8), np.zeros((3, 2, 3))) == float("inf")


def test_a_table_holds_what_the_oracles_make_of_each_code() -> None:
    table = table_of(("invert", "contrast:amount=-0.4,pivot=0"), np.dtype(np.uint8))
    np.testing.assert_array_equal(table, np.floor((255 - np.arange(256)) * 0.6 + 0.5))


def test_rows_are_the_affine_map_that_the_oracles_are() -> None:
    specifications = ("saturation:amount=-0.4", "sepia:amount=0.3", "invert")
    colours = np.random.default_rng(1).random((4, 5, 3))
    rows = rows_of(specifications)
    made = colours @ rows[:, :3].T + rows[:, 3]
    np.testing.assert_allclose(made, exact(colours, Stack.parse(specifications)), atol=1e-12)
