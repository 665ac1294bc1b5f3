"""Results are the same bytes for any number of workers and any tiles; 8-bit tables are exact."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import apply
from engine.filters import catalogue, find
from engine.plan import Plan
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Rendering
from engine.run.together import render
from engine.stack import Stack
from tests.engine.pictures import CONTENTS, DEPTHS, made, pictures, stacks

TWO_PASSES = ("gaussian-blur:sigma=11", "sepia", "gaussian-blur:sigma=9", "unsharp-mask:radius=2,threshold=0.01")


def tiled(plan: Plan, rows: int, columns: int) -> Plan:
    """The same plan in tiles of that size, or of so many whole rows where those are made in order."""
    passes = tuple(
        dataclasses.replace(
            each,
            tile_rows=rows,
            tile_columns=each.size[1] if each.stages[0].ordered else min(columns, each.size[1]),
        )
        for each in plan.passes
    )
    return dataclasses.replace(plan, passes=passes)


def made_by(plan: Plan, pixels: NDArray[Any], workers: int) -> bytes:
    target = np.empty(plan.shape_out, plan.dtype)
    rendering = Rendering(plan, compiler(), pixels, target)
    render(rendering, workers)
    assert sum(rendering.shares.values()) == plan.height_out * plan.width_out
    assert sum(rendering.credits().values()) == plan.height * plan.width
    return target.tobytes()


def plan_for(stack: Stack, pixels: NDArray[Any]) -> Plan:
    height, width, channels = pixels.shape
    return make_plan(stack, (height, width, channels), pixels.dtype.name)


@given(
    stack=stacks(4),
    pixels=pictures(st.integers(1, 70)),
    workers=st.integers(1, 4),
    rows=st.integers(1, 40),
    columns=st.integers(1, 90),
)
@settings(max_examples=200)
def test_tiles_and_workers_leave_no_trace(
    stack: Stack, pixels: NDArray[Any], workers: int, rows: int, columns: int
) -> None:
    upright = np.atleast_3d(pixels)
    plan = plan_for(stack, upright)
    assert made_by(tiled(plan, rows, columns), upright, workers) == made_by(plan, upright, 1)


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("depth", DEPTHS)
def test_every_filter_makes_the_same_bytes_in_any_tiles(name: str, depth: str) -> None:
    pixels = made("beyond", (97, 301, 4), depth, seed=11)
    plan = plan_for(Stack.parse([find(name).example]), pixels)
    expected = made_by(plan, pixels, 1)
    for rows, columns in ((8, 64), (13, 17), (97, 300), (1, 301)):
        assert made_by(tiled(plan, rows, columns), pixels, 3) == expected


@pytest.mark.parametrize("depth", DEPTHS)
def test_two_passes_make_the_same_bytes(depth: str) -> None:
    pixels = made("noise", (210, 333, 2), depth, seed=5)
    plan = plan_for(Stack.parse(TWO_PASSES), pixels)
    assert len(plan.passes) == 2
    expected = made_by(plan, pixels, 1)
    for workers in (2, 3, 4):
        assert made_by(plan, pixels, workers) == expected
        assert made_by(tiled(plan, 20 * workers, 57), pixels, workers) == expected


def test_samples_that_are_no_numbers_leave_no_trace_of_tiles_either() -> None:
    pixels = made("beyond", (90, 120, 3), "float32", seed=2)
    pixels[::17, ::13, 0] = np.nan
    pixels[5::29, 3::31, 1] = np.inf
    for name in catalogue():
        plan = plan_for(Stack.parse([find(name).example]), pixels)
        assert made_by(tiled(plan, 16, 32), pixels, 2) == made_by(plan, pixels, 1)


@pytest.mark.parametrize("ev", [-3.0, -0.5, 0.0, 0.1, 1.0, 2.75])
@pytest.mark.parametrize("gamma", [0.3, 0.9, 1.0, 1.4, 2.2, 5.0])
def test_exposure_then_gamma_is_the_formula_for_every_code(ev: float, gamma: float) -> None:
    codes = np.arange(256, dtype=np.uint8).reshape(1, 256)
    found = apply(codes, [f"exposure:ev={ev}", f"gamma:gamma={gamma}"], light="encoded", workers=1)
    formula = [((code / 255 * 2.0**ev) ** (1.0 / gamma)) * 255 for code in range(256)]
    assert found[0].tolist() == [math.floor(min(255.0, value) + 0.5) for value in formula]


@pytest.mark.parametrize("depth", ["uint8", "uint16"])
@pytest.mark.parametrize("kind", CONTENTS)
def test_negatives_of_negatives_are_the_picture(depth: str, kind: str) -> None:
    pixels = made(kind, (20, 30, 4), depth, seed=9)
    np.testing.assert_array_equal(apply(pixels, ["invert", "invert"]), pixels)
