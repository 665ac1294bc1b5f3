"""Thin lines: how wide they are, how far they are followed, long ways for many workers, what lies in memory."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply
from engine.kernels import layout
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering, StoppedError
from engine.run.together import render
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made

FAINT, PERIOD = 0.2, 12.0


def spiral(side: int, brightest: float) -> NDArray[np.float32]:
    """A faint wall that winds from the border to the middle, where it becomes as bright as that."""
    down, across = np.indices((side, side)) - side / 2.0 + 0.3
    radius = np.hypot(down, across)
    wall = 0.5 + 0.5 * np.sin(2.0 * np.pi * radius / PERIOD - np.arctan2(down, across))
    return (wall * (FAINT + (brightest - FAINT) * np.exp(-radius / PERIOD / 2.0))).astype(np.float32)


def run(pixels: NDArray[Any], stack: Stack, rows: int, columns: int, workers: int) -> NDArray[Any]:
    plan = make_plan(stack, (*pixels.shape[:2], pixels.shape[2]), pixels.dtype.name)
    passes = tuple(dataclasses.replace(each, tile_rows=rows, tile_columns=columns) for each in plan.passes)
    target = np.zeros(plan.shape_out, plan.dtype)
    render(Rendering(dataclasses.replace(plan, passes=passes), compiler(), pixels, target), workers)
    return target


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("sigma", [0, 1, 1.4])
def test_an_edge_is_a_line_of_one_pixel(sigma: float, turns: int) -> None:
    pixels = np.zeros((40, 40), np.uint8)
    pixels[:, 20:] = 255
    found = apply(np.rot90(pixels, turns).copy(), [f"canny:sigma={sigma}"]).reshape(40, 40)
    assert (np.rot90(found, -turns)[4:-4] > 0).sum(axis=1).tolist() == [1] * 32


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_slanting_edge_is_a_line_of_steps(mirrored: bool) -> None:
    pixels = (np.tri(40, 40) * 255).astype(np.uint8)
    found = apply((pixels[:, ::-1] if mirrored else pixels).copy(), ["canny"]).reshape(40, 40)
    assert (found[4:-4] > 0).sum(axis=1).max() == 2


@pytest.mark.parametrize("depth", ["uint16", "float32"])
@pytest.mark.parametrize("kind", ["flat", "ramp"])
def test_even_parts_have_no_edges(kind: str, depth: str) -> None:
    # Next to borders, where pixels repeat, the slope is less.
    found = apply(made(kind, (60, 70, 3), depth, seed=1), ["canny:low=0,high=0.5,sigma=2"])
    assert not found[8:-8, 8:-8].any()


@pytest.mark.parametrize("brightest", [1.0, FAINT])
def test_a_faint_line_is_followed_from_where_it_is_strong_and_else_not(brightest: float) -> None:
    pixels, stack = spiral(200, brightest), Stack.parse(["canny:sigma=1,low=1,high=15"])
    found = apply(pixels, stack, workers=3)
    assert_true(found, pixels, stack, "linear")
    assert 0.05 < found[:20].mean() < 0.3 if brightest == 1.0 else not found.any()


@pytest.mark.parametrize("brightest", [1.0, FAINT])
def test_many_workers_follow_a_spiral_as_one_does(brightest: float) -> None:
    pixels, stack = spiral(700, brightest)[..., np.newaxis], Stack.parse(["canny:sigma=1,low=1,high=15"])
    expected = run(pixels, stack, 700, 700, 1)
    assert bool(expected[:20].any()) == (brightest == 1.0)
    for rows, columns in ((700, 16), (5, 700), (16, 33)):
        for _ in range(3):
            np.testing.assert_array_equal(run(pixels, stack, rows, columns, 4), expected)


def test_the_lower_threshold_counts_as_low() -> None:
    pixels = made("noise", (70, 80, 3), "uint8", seed=2)
    found = apply(pixels, ["canny:low=8,high=2"])
    assert 0 < found.mean() < 255
    np.testing.assert_array_equal(found, apply(pixels, ["canny:low=2,high=8"]))


@pytest.mark.parametrize("channels", [2, 4])
@pytest.mark.parametrize("depth", DEPTHS)
def test_alpha_stays(depth: str, channels: int) -> None:
    pixels = made("noise", (50, 300, channels), depth, seed=2)
    found = apply(pixels, ["canny"], workers=2)
    np.testing.assert_array_equal(found[..., -1], pixels[..., -1])
    assert found[..., 0].any()


def test_a_part_has_lines_of_its_own() -> None:
    pixels = made("noise", (120, 90, 1), "float32", seed=1)
    cropped = apply(pixels, ["crop:left=50,top=50", "canny:sigma=0"])
    np.testing.assert_array_equal(cropped, apply(pixels[60:, 45:].copy(), ["canny:sigma=0"]).reshape(cropped.shape))


def test_what_lies_between_is_eight_bytes_a_pixel() -> None:
    plan = make_plan(Stack.parse(["canny"]), (1000, 2000, 3), "uint8")
    assert plan.memory() <= 1000 * 2000 * (3 + 8) + 16
    assert max(each.memory() for each in plan.passes) < 4 << 20


@pytest.mark.parametrize("passes", [1, 2, 3])
def test_it_is_cancelled_in_every_pass(passes: int) -> None:
    pixels, stack = spiral(300, 1.0)[..., np.newaxis], Stack.parse(["canny:sigma=0"])
    rendering = Rendering(
        make_plan(stack, pixels.shape, "float32"), compiler(), pixels, np.zeros(pixels.shape, np.float32)
    )
    seconds: list[float] = []

    class Counting(list[float]):
        def append(self, each: float) -> None:
            seconds.append(each)
            if len(seconds) == passes:
                rendering.signal(layout.CANCEL)

    rendering.seconds = Counting()
    with pytest.raises(StoppedError):
        rendering.lead(Desk(0))
    assert len(seconds) == passes
