"""Total variation: it becomes less, alpha keeps colours apart, and steps add up across stages and tiles."""

from dataclasses import replace

import numpy as np
import pytest

from engine import apply
from engine.filters import find
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Rendering
from engine.run.together import render
from engine.stack import Stack
from tests.engine.oracle import Floats, assert_true
from tests.engine.pictures import made


def energy(picture: Floats, before: Floats, weight: float) -> float:
    """What Rudin, Osher and Fatemi make small, for a grey picture."""
    down = np.diff(picture, axis=0, append=picture[-1:])
    across = np.diff(picture, axis=1, append=picture[:, -1:])
    return float(0.5 * ((picture - before) ** 2).sum() + weight * np.hypot(down, across).sum())


def test_more_iterations_come_closer_to_what_is_wanted() -> None:
    pixels = made("noise", (60, 70), "float32", seed=3)
    found = [
        energy(apply(pixels, [f"total-variation:weight=0.2,iterations={count}"]).astype(float), pixels, 0.2)
        for count in (1, 6, 24, 60)
    ]
    assert found == sorted(found, reverse=True)
    assert found[-1] < 1.02 * energy(
        find("total-variation").oracle(
            pixels[..., np.newaxis].astype(float), None, {"weight": 0.2, "iterations": 2000}
        )[0][..., 0],
        pixels,
        0.2,
    )


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 60])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_stages_of_any_length_do_what_the_oracle_says(count: int, channels: int) -> None:
    pixels = made("beyond", (140, 131, channels), "float32", seed=count)
    stack = Stack.parse([f"total-variation:weight=0.3,iterations={count}"])
    plan = make_plan(stack, (140, 131, channels), "float32")
    tiles = tuple(replace(each, tile_rows=37, tile_columns=min(41, each.size[1])) for each in plan.passes)
    result = np.empty_like(pixels)
    render(Rendering(replace(plan, passes=tiles), compiler(), pixels, result), 2)
    assert_true(result, pixels, stack, "linear")


def test_colour_behind_nothing_neither_changes_nor_shows() -> None:
    pixels = made("noise", (40, 50, 4), "float32", seed=8)
    pixels[:, 20:, 3], pixels[:, :20, 3] = 0.0, 0.5
    other = pixels.copy()
    other[:, 20:, :3] = 9.0
    found, beside = (apply(each, ["total-variation:weight=0.5"]) for each in (pixels, other))
    np.testing.assert_array_equal(found[:, :20], beside[:, :20])
    np.testing.assert_array_equal(beside[:, 20:], other[:, 20:])
    opaque = apply(np.ascontiguousarray(pixels[:, :20, :3]), ["total-variation:weight=0.5"])
    np.testing.assert_allclose(found[:, :20, :3], opaque, atol=1e-6)


def test_grey_is_smoothed_as_three_equal_colours_are() -> None:
    grey = made("noise", (40, 50), "float32", seed=9)
    three = apply(np.dstack([grey] * 3), ["total-variation"])
    np.testing.assert_allclose(three, np.dstack([apply(grey, ["total-variation"])] * 3), atol=1e-6)
