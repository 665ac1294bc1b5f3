"""What every filter really takes of memory while it runs, against what its plan says."""

import gc
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.filters import catalogue, find
from engine.plan import Plan
from engine.planner import make_plan, size_after
from engine.run.allocation import return_freed_memory
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering
from engine.stack import Stack
from tests.engine.looks import extremes_of
from tests.engine.pictures import made

SIZE = 1500, 2000
LARGEST = 8
"""Results of so many times the picture's pixels at most are tried."""
BESIDE = 8 << 20
"""Bytes that stacks, tables and the allocator may take beside what is planned."""
STATUS, FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def held(what: str) -> int:
    """VmRSS, or VmHWM, the peak since it was last forgotten, in bytes."""
    found = re.search(rf"{what}:\s+(\d+) kB", STATUS.read_text())
    assert found is not None
    return int(found[1]) << 10


def planned(plan: Plan) -> int:
    """As `engine.run.prospect` counts it, for one worker."""
    return plan.memory() + max((each.memory() for each in plan.passes), default=0)


def taken_by(plan: Plan, pixels: NDArray[Any]) -> int:
    """Bytes beside the picture, at most at one time."""
    compiler().prepare(stage.kernel for each in plan.passes for stage in each.stages)
    gc.collect()
    FORGET.write_text("5")
    before = held("VmRSS")
    Rendering(plan, compiler(), pixels, np.empty(plan.shape_out, plan.dtype)).lead(Desk(0))
    return held("VmHWM") - before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot forget a peak")
@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize(("depth", "channels"), [("uint8", 3), ("float32", 4)])
def test_the_peak_is_what_the_plan_says(name: str, depth: str, channels: int) -> None:
    return_freed_memory()
    stacks = [Stack((step,)) for step in extremes_of(find(name))]
    small = [each for each in stacks if np.prod(size_after(each, SIZE)) <= LARGEST * np.prod(SIZE)]
    plans = {each: make_plan(each, (*SIZE, channels), depth) for each in small}
    for stack in (small[0], max(small, key=lambda each: planned(plans[each]))):
        taken = taken_by(plans[stack], made("noise", (*SIZE, channels), depth, seed=1))
        print(f"{stack.specifications()}: {taken >> 20} MB of {planned(plans[stack]) >> 20} MB")
        assert taken <= planned(plans[stack]) + BESIDE, (
            stack.specifications(),
            taken >> 20,
            planned(plans[stack]) >> 20,
        )
