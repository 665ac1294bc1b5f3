"""Time and memory stay bounded for every filter, and it is cancelled soon: what plans tell, without a clock."""

import contextlib
import math
from typing import Any

import numpy as np
import pytest

from engine.filters import catalogue, find
from engine.kernels import layout
from engine.plan import CHUNK, Pass
from engine.planner import make_plan
from engine.run.rendering import Desk, StoppedError, tiles_of
from engine.stack import Stack
from tests.engine.looks import extremes_of, watched
from tests.engine.pictures import DEPTHS, made

LARGE = (1000, 6000)
"""Rows and columns: as wide as a picture of 24 Mpx, and enough rows for several tiles."""
ARENA = 40 << 20
"""Bytes that a worker may need."""
TILE = 1 << 20
"""Pixels between two moves of the progress."""
CALL = 4 << 20
"""Bytes that a stage makes between two looks at whether the picture is given up."""
TWICE = 2.2
"""How many times the pixels of a pass its windows' halos may make of them."""
BETWEEN = 8.0
"""Pictures of four float32 numbers a pixel, or of the result's size if that is larger, that are held at one time."""


def made_between_looks(each: Pass) -> int:
    """The most that one call of one of its stages makes."""
    widths = [*(columns for _, columns in each.spans), each.tile_columns]
    pairs = zip(each.stages, widths, strict=True)
    return max(CHUNK * width * stage.target.planes * stage.target.pixel for stage, width in pairs)


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [3, 4])
def test_plans_are_bounded_for_every_allowed_value(name: str, depth: str, channels: int) -> None:
    for step in extremes_of(find(name)):
        plan, said = make_plan(Stack((step,)), (*LARGE, channels), depth), step.specification()
        area = max(math.prod(LARGE), plan.height_out * plan.width_out)
        assert plan.memory() <= BETWEEN * 16 * area, said
        for each in plan.passes:
            same = all(axis.upper == axis.lower for stage in each.stages for axis in (stage.rows, stage.columns))
            assert each.memory() <= ARENA, said
            assert each.tile_rows * each.tile_columns <= TILE, said
            assert made_between_looks(each) <= CALL, said
            assert not same or each.tile_rows + 2 * each.reach <= TWICE * each.tile_rows, said


@pytest.mark.parametrize("name", catalogue())
def test_progress_counts_every_tile_of_every_filter(name: str) -> None:
    rendering, _ = watched(next(iter(extremes_of(find(name)))), made("noise", (150, 700, 3), "uint8", seed=1))
    desk = Desk(0)
    tiles = sum(math.prod(tiles_of(each)) for each in rendering.plan.passes)
    rendering.lead(desk)
    done, total, pixels = desk.progress
    assert (done, total) == (tiles, tiles)
    # Of a result of another size each tile counts for whole pixels of the source.
    assert 0 <= 150 * 700 - pixels <= tiles


@pytest.mark.parametrize("name", catalogue())
def test_a_cancelled_filter_calls_no_further_stage(name: str) -> None:
    steps = list(extremes_of(find(name)))
    pixels: Any = made("noise", (400, 300, 3), "float32", seed=1)
    for step in (steps[0], steps[-1]):
        rendering, watch = watched(step, pixels)
        if not rendering.plan.passes:
            continue
        calls = list[int]()

        def cancel(rendering: Any = rendering, calls: list[int] = calls) -> None:
            calls.append(1)
            rendering.signal(layout.CANCEL)

        watch.called = cancel
        # A few rows, as a narrow crop leaves, may be whole by then.
        with contextlib.suppress(StoppedError):
            rendering.lead(Desk(0))
        assert len(calls) == 1


def test_what_is_cancelled_before_it_begins_does_nothing() -> None:
    for name in catalogue():
        rendering, watch = watched(next(iter(extremes_of(find(name)))), np.zeros((20, 20, 3), np.uint8))
        rendering.signal(layout.CANCEL)
        if rendering.plan.passes:
            watch.called = pytest.fail  # type: ignore[assignment]
            with pytest.raises(StoppedError):
                rendering.lead(Desk(0))
