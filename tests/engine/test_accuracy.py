"""What a Gaussian may leave out: never so much that the result leaves its bound, and no more taps than that needs."""

import re

import numpy as np
import pytest

from engine.filters import gaussian_blur
from engine.library import apply
from engine.plan import Plan
from engine.planner import make_plan
from engine.stack import Stack
from tests.engine.oracle import assert_true

BOUNDS = {"uint8": 1.0, "uint16": 2.0, "float32": 1e-4}


def plan_of(*specifications: str, depth: str = "uint8", light: str = "encoded") -> Plan:
    mode = "linear" if light == "linear" else "encoded"
    return make_plan(Stack.parse(specifications), (64, 64, 3), depth, light=mode)


def reach(*specifications: str, depth: str = "uint8", light: str = "encoded") -> int:
    """Of all windows together; a wide one counts with each of its parts."""
    plan = plan_of(*specifications, depth=depth, light=light)
    labels = " ".join(stage.label for each in plan.passes for stage in each.stages)
    return sum(map(int, re.findall(r"reach (\d+)", labels)))


def test_a_deeper_result_needs_a_longer_tail() -> None:
    blur = "gaussian-blur:sigma=10"
    assert reach(blur) < reach(blur, depth="float32") < reach(blur, depth="uint16")
    assert reach(blur) < reach(blur, light="linear")


def test_what_follows_and_what_went_before_may_need_a_longer_one() -> None:
    blur = "gaussian-blur:sigma=10"
    assert reach(blur) < reach(blur, "contrast:amount=3")
    assert reach(blur) < reach("exposure:ev=3", blur)
    assert reach("unsharp-mask:radius=10,amount=0.5") < reach("unsharp-mask:radius=10,amount=5")


@pytest.mark.parametrize("tail", [1e-2, 1e-4, 1e-6, 1e-12])
@pytest.mark.parametrize("sigma", [0.3, 1.0, 7.5])
def test_taps_leave_out_no_more_than_the_tail_and_weigh_one(sigma: float, tail: float) -> None:
    taps = np.array(gaussian_blur.taps({"sigma": sigma}, tail))
    whole = np.array(gaussian_blur.taps({"sigma": sigma}, 1e-15))
    assert taps[0] + 2.0 * taps[1:].sum() == pytest.approx(1.0, abs=1e-12)
    assert 2.0 * whole[len(taps) :].sum() <= tail / 2.0


@pytest.mark.parametrize("depth", BOUNDS)
@pytest.mark.parametrize("before", [(), ("exposure:ev=6",)])
def test_the_worst_edge_stays_within_the_bound(depth: str, before: tuple[str, ...]) -> None:
    """Black beside white: every weight that is left out shows in full."""
    top = {"uint8": 255, "uint16": 65535}.get(depth, 1)
    pixels = np.zeros((40, 400), depth)
    pixels[:, 200:] = top
    blurred = apply(pixels, [*before, "gaussian-blur:sigma=8"], light="encoded", workers=1).astype(np.float64)
    gain = 64.0 if before else 1.0
    edge = np.zeros((40, 400))
    edge[:, 200:] = gain
    truth, _ = gaussian_blur.oracle(edge[..., np.newaxis], None, {"sigma": 8.0})
    exact = truth[..., 0] * top
    if depth != "float32":
        exact = np.clip(exact, 0, top)
    assert np.abs(blurred - exact).max() <= BOUNDS[depth] * (gain if depth == "float32" else 1.0)


def test_a_peak_between_two_samples_is_within_the_span() -> None:
    """Its end would be taken for all that lies beyond it by a spline of the next curve."""
    points = "[0 0; .1 .9; .2 .1; .3 .8; .4 .2; .5 .7; .6 .3; .7 .6; .8 .4; .9 .5; .95 .5; 1 .45]"
    pixels = np.arange(6000, 7200, dtype=np.uint16).reshape(30, 40, 1)
    stack = Stack.parse(["gamma:gamma=1.01", "box-blur:radius=0", f"curves:points={points}", "curves"])
    assert_true(apply(pixels, stack, workers=1, light="encoded"), pixels, stack, "encoded", steep=True)
