"""Windows of 3 x 3 pixels: on codes where they stand alone, on planes among others, with the same result."""

import numpy as np
import pytest

from engine import apply
from engine.planner import make_plan
from engine.stack import Stack
from tests.engine.pictures import DEPTHS, made

EDGES = ("sobel", "scharr", "laplacian", "laplacian:diagonals=1")


def modules(*specifications: str, depth: str) -> list[str]:
    plan = make_plan(Stack.parse(specifications), (600, 800, 3), depth, light="encoded")
    return [stage.kernel.module for each in plan.passes for stage in each.stages]


@pytest.mark.parametrize("depth", DEPTHS)
def test_alone_it_works_on_codes_as_they_lie(depth: str) -> None:
    assert modules("sobel", depth=depth) == ["take", "neighbourhood"]


def test_integers_between_filters_would_lose_what_lies_between_levels() -> None:
    assert modules("sobel", "contrast:amount=3", depth="uint8") == [
        "points",
        "neighbourhood",
        "points",
    ]
    assert modules("exposure:ev=1", "sobel", depth="uint8") == ["points", "neighbourhood", "points"]
    assert modules("sobel", "contrast:amount=3", depth="float32")[:2] == ["take", "neighbourhood"]


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_codes_and_planes_make_the_same_of_a_picture_wider_than_a_strip(depth: str, channels: int) -> None:
    pixels = made("noise", (19, 1031, channels), depth, seed=3)
    inside = (slice(2, -2), slice(2, -2))
    alone = apply(pixels, ["emboss"], workers=1, light="encoded")
    among = apply(pixels, ["median:radius=1", "emboss"], workers=1, light="encoded")
    smooth = apply(pixels, ["median:radius=1"], workers=1, light="encoded")
    again = apply(smooth, ["emboss"], workers=1, light="encoded")
    np.testing.assert_array_equal(again[inside], among[inside])
    assert (alone != again).any()
    if channels % 2 == 0:
        np.testing.assert_array_equal(alone[..., -1], pixels[..., -1])


@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("turned", [False, True])
def test_a_straight_edge_from_black_to_white_has_full_strength(name: str, turned: bool) -> None:
    pixels = np.zeros((12, 12), np.uint8)
    pixels[:, 6:] = 255
    result = apply(pixels.T.copy() if turned else pixels, [name], workers=1)
    along = result[5] if not turned else result[:, 5]
    assert along.tolist() == [0] * 5 + [255, 255] + [0] * 5


def test_what_faces_the_light_is_lighter() -> None:
    pixels = np.zeros((20, 20), np.float32)
    pixels[5:15, 5:15] = 0.4
    relief = apply(pixels, ["emboss:angle=90,strength=1"], workers=1)
    assert relief[5, 10] == pytest.approx(0.9)
    assert relief[15, 10] == pytest.approx(0.1)
    assert relief[10, 5] == pytest.approx(0.5)
    assert relief[10, 10] == 0.5
