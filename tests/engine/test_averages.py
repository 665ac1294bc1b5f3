"""Averages in fixed point, of few rows, and of squares: within their bounds on the worst pictures that there can be."""

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, uniform_filter

from engine import apply
from engine.accuracy import Span, grown, tolerance
from engine.filters.gaussian_blur import sampled
from engine.kernels.elementary import clip
from engine.operation import Curve, Operation
from engine.plan import LightMode, Plan
from engine.planner import make_plan
from engine.stack import Stack
from engine.staging.fixed_averages import Weights, whole_weights
from engine.staging.wide_gaussians import wide_gaussian
from tests.engine.oracle import assert_true, reach, truth
from tests.engine.pictures import DEPTHS, made

SIGMAS = (0.2, 0.5, 1.0, 1.7, 2.0, 3.3, 5.0, 7.0, 10.0, 25.0)


def kernels(*specifications: str, depth: str = "uint8", channels: int = 3, light: LightMode = "encoded") -> list[str]:
    plan: Plan = make_plan(Stack.parse(specifications), (64, 64, channels), depth, light=light)
    return [stage.kernel.module for each in plan.passes for stage in each.stages]


def in_whole_numbers(codes: NDArray[Any], weights: Weights) -> NDArray[np.int64]:
    """What the kernel does along one axis, in 64 bits: it shows when 16 would not do."""
    numbers, reach = weights.numbers, weights.reach
    padded = np.pad(codes.astype(np.int64), (reach, reach), mode="edge")
    centre = padded[reach : reach + codes.size]
    total = weights.bias + (centre * numbers[0] >> 16)
    for k in range(1, reach + 1):
        pair = padded[reach - k :][: codes.size] + padded[reach + k :][: codes.size]
        total = total + ((pair + 1 >> 1) * numbers[k] >> 16)
    return np.asarray(total)


@given(st.floats(0.05, 40.0), st.floats(1e-5, 5e-3), st.integers(0, 2**32 - 1), st.sampled_from([2, 3, 65536]))
def test_whole_weights_keep_their_promise(sigma: float, tail: float, seed: int, values: int) -> None:
    taps = sampled(sigma, tail)
    weights = whole_weights(taps)
    assert weights.numbers.sum() == 65536
    assert weights.numbers.min() >= 0
    codes = np.random.default_rng(seed).integers(0, values, 300) * (65535 // (values - 1))
    found = in_whole_numbers(codes, weights)
    assert found.min() >= 0
    assert found.max() <= 65535
    kernel = np.array([*taps[:0:-1], *taps])
    exact = np.convolve(np.pad(codes.astype(np.float64), len(taps) - 1, mode="edge"), kernel, mode="valid")
    assert np.abs(found - exact).max() <= weights.error / 2.0


@pytest.mark.parametrize("specification", [*(f"gaussian-blur:sigma={sigma}" for sigma in SIGMAS), "unsharp-mask"])
def test_what_is_flat_stays_as_it_is(specification: str) -> None:
    for code in range(256):
        pixels = np.full((7, 40, 3), code, np.uint8)
        np.testing.assert_array_equal(apply(pixels, [specification], workers=1, light="encoded"), pixels)


def worst(sigma: float) -> dict[str, NDArray[np.uint8]]:
    """Black and white: noise, edges, lines, and what is black as far as the taps go and white beyond."""
    reach = round(3.3 * sigma)
    height, width = 4 * reach + 24, 4 * reach + 40
    random = np.random.default_rng(1)
    y, x = np.mgrid[:height, :width]
    far = (np.abs(x - width // 2) > reach) | (np.abs(y - height // 2) > reach)
    found = {
        "noise": random.random((height, width)) < 0.5,
        "sparse": random.random((height, width)) < 0.01,
        "edge": x > width // 2,
        "corner": (x > width // 2) & (y > height // 2),
        "lines": x % 2 == 0,
        "squares": (x + y) % 2 == 0,
        "far": far,
        "near": ~far,
        "waves": (x // max(1, round(2.2 * sigma)) + y // max(1, round(2.2 * sigma))) % 2 == 0,
    }
    return {name: np.where(each, 255, 0).astype(np.uint8) for name, each in found.items()}


@pytest.mark.parametrize("sigma", SIGMAS)
def test_the_worst_pictures_stay_within_the_bound(sigma: float) -> None:
    for name, pixels in worst(sigma).items():
        exact = gaussian_filter(pixels.astype(np.float64), sigma, mode="nearest", truncate=9.0)
        found = apply(pixels, [f"gaussian-blur:sigma={sigma}"], workers=1, light="encoded")
        assert np.abs(found - exact).max() < 1.0 + 0.5, name
        assert np.abs(found - np.floor(exact + 0.5)).max() <= 1.0, name


@pytest.mark.parametrize("radius", [0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("amount", [0.3, 0.8, 2.0, 10.0])
def test_the_worst_pictures_stay_within_the_bound_when_sharpened(radius: float, amount: float) -> None:
    stack = Stack.parse([f"unsharp-mask:radius={radius},amount={amount}"])
    for pixels in worst(radius).values():
        softer = (pixels // 3 + 80).astype(np.uint8)
        for each in (pixels, softer):
            assert_true(apply(each, stack, workers=1, light="encoded"), each, stack, "encoded")


AVERAGES = st.one_of(
    st.floats(0.1, 6.0).map(lambda sigma: f"gaussian-blur:sigma={sigma:.3f}"),
    st.tuples(st.floats(0.1, 4.0), st.floats(0.0, 3.0)).map(
        lambda x: f"unsharp-mask:radius={x[0]:.3f},amount={x[1]:.3f}"
    ),
    st.integers(1, 9).map(lambda radius: f"box-blur:radius={radius}"),
)
TONES = st.one_of(
    st.floats(-1.5, 1.5).map(lambda ev: f"exposure:ev={ev:.3f}"),
    st.floats(-0.9, 1.5).map(lambda amount: f"contrast:amount={amount:.3f}"),
    st.floats(0.4, 2.5).map(lambda gamma: f"gamma:gamma={gamma:.3f}"),
    st.floats(-1.0, 1.0).map(lambda amount: f"saturation:amount={amount:.3f}"),
)


@given(
    specifications=st.lists(st.one_of(AVERAGES, TONES), min_size=1, max_size=5),
    channels=st.sampled_from([1, 3]),
    seed=st.integers(0, 2**32 - 1),
    light=st.sampled_from(["linear", "encoded"]),
)
@example(  # values far above white in front of the last window, which must not be cut off there
    specifications=["gaussian-blur:sigma=0.5", "exposure:ev=1", "gamma:gamma=0.5", "gaussian-blur:sigma=1"],
    channels=1,
    seed=0,
    light="encoded",
)
@settings(max_examples=100)
def test_chains_of_averages_and_tones_stay_within_the_bound(
    specifications: list[str], channels: int, seed: int, light: LightMode
) -> None:
    random = np.random.default_rng(seed)
    pixels = np.where(random.random((23, 37, channels)) < 0.5, 255, 0).astype(np.uint8)
    pixels[:, 20:] = random.integers(0, 256, (23, 17, channels))
    stack = Stack.parse(specifications)
    assert_true(apply(pixels, stack, workers=1, light=light), pixels, stack, light, steep=True)


def test_fixed_point_is_taken_where_the_result_allows_it() -> None:
    blur = "gaussian-blur:sigma=1"
    assert kernels(blur) == ["widen", "fixed_separable"]
    assert kernels("exposure:ev=0.5", "contrast:amount=0.2", blur) == ["widen", "fixed_separable", "translate"]
    assert kernels("gamma:gamma=1.2", "unsharp-mask") == ["widen_table", "fixed_sharpened"]
    assert kernels(blur, "unsharp-mask") == ["widen", "fixed_separable", "fixed_sharpened"]
    assert kernels("saturation:amount=0.3", blur, "unsharp-mask")[-2:] == ["fixed_separable", "fixed_combined"]
    assert kernels("unsharp-mask", "contrast:amount=0.2")[:2] == ["widen", "fixed_combined"]


@pytest.mark.parametrize(
    "before", ["", "invert", "exposure:ev=-0.3", "contrast:amount=-0.6", "contrast:amount=-0.19,pivot=1"]
)
@pytest.mark.parametrize("amount", [0.05, 0.8, 0.999, 1.0, 1.6, 2.0, 4.0])
@pytest.mark.parametrize("threshold", [0.0, 0.11, 1.0])
def test_sharpening_in_16_bits_stays_within_its_bound(before: str, amount: float, threshold: float) -> None:
    random = np.random.default_rng(5)
    pixels = np.where(random.random((40, 70, 3)) < 0.5, 255, 0).astype(np.uint8)
    pixels[:, 20:50] = random.integers(0, 256, (40, 30, 3))
    pixels[:10, :30] = 255
    sharpened = f"unsharp-mask:amount={amount},threshold={threshold},radius=0.7"
    specifications = [before, sharpened] if before else [sharpened]
    assert kernels(*specifications)[-1] == "fixed_sharpened"
    stack = Stack.parse(specifications)
    assert_true(apply(pixels, stack, workers=1, light="encoded"), pixels, stack, "encoded", steep=True)


def test_fixed_point_is_left_where_its_error_would_show() -> None:
    blur = "gaussian-blur:sigma=3"
    for specifications in ([blur, "contrast:amount=10"], ["exposure:ev=6", blur], ["unsharp-mask:amount=10,radius=3"]):
        assert not [name for name in kernels(*specifications) if name.startswith("fixed")]
    assert "fixed_separable" not in kernels(blur, channels=4)
    assert "fixed_separable" not in kernels(blur, depth="uint16")
    assert "fixed_separable" not in kernels(blur, light="linear")


def jump(x: Any, constants: Any) -> Any:
    return np.where(x >= 0.5, 1.0, 0.0)


def test_errors_grow_as_curves_are_steep() -> None:
    span = Span(0.0, 1.0)
    steeper = Curve(lambda x, constants: 3.0 * x, (), "")
    assert 3e-3 <= grown(steeper, span, 1e-3) <= 4.5e-3
    assert grown(Curve(jump, (), ""), span, 1e-6) == 1.0
    rising = Curve(lambda x, constants: np.sqrt(np.maximum(x, 0.0)), (), "")
    assert grown(rising, span, 1e-4) >= 1e-2
    flat = Curve(lambda x, constants: clip(x, 2.0, 3.0), (), "")
    assert grown(flat, span, 1e-3) == 0.0


def test_windows_share_what_may_be_wrong() -> None:
    def of(*specifications: str) -> float:
        operations: list[Operation] = []
        for each in Stack.parse(specifications).steps:
            kind: Any = each.declaration.kind
            values = dict(each.values)
            if hasattr(kind, "curve"):
                operations.append(Curve(kind.curve, kind.constants(values), ""))
            else:
                from engine.operation import Neighbours

                operations.append(Neighbours(kind, values, ""))
        return tolerance("uint8", operations)

    blur = "gaussian-blur"
    assert of(blur) == pytest.approx(0.85 / 255.0)
    assert of(blur, blur) == pytest.approx(of(blur) / 2.0, rel=0.05)
    assert of(blur) / 3.5 < of(blur, "contrast:amount=1") <= of(blur) / 2.0
    assert of("exposure:ev=1", blur) == pytest.approx(of(blur) / 2.0, rel=0.05)


@pytest.mark.parametrize("tail", [2e-3, 1e-5])
@pytest.mark.parametrize("sigma", [6.0, 13.7, 100.0])
def test_the_parts_of_a_wide_gaussian_make_one(sigma: float, tail: float) -> None:
    (step,) = make_steps(f"gaussian-blur:sigma={sigma}")
    wide = wide_gaussian(step, tail, 2)
    assert wide is not None
    before = np.array([*wide.before[:0:-1], *wide.before])
    middle, far = 12 * int(sigma), len(wide.before) - 1
    exact = np.exp(-0.5 * (np.arange(-middle, middle + 1) / sigma) ** 2)
    exact /= exact.sum()
    for place in range(wide.every):
        made = np.zeros(2 * middle + 1)
        for row, weight in enumerate(wide.between[place], start=1 - wide.around):
            first = middle + row * wide.every - place - far
            made[first : first + before.size] += weight * before
        assert made.sum() == pytest.approx(1.0, abs=1e-9)
        assert np.abs(made - exact).sum() / 2.0 <= tail * 0.75


def make_steps(specification: str) -> list[Any]:
    from engine.operation import Neighbours

    steps = Stack.parse([specification]).steps
    return [Neighbours(step.declaration.kind, dict(step.values), "") for step in steps]  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("sigma", [8.0, 40.0])
@pytest.mark.parametrize("before", [(), ("exposure:ev=1",), ("gamma:gamma=1.5",), ("saturation:amount=0.5",)])
def test_wide_gaussians_are_true_on_black_and_white(depth: str, sigma: float, before: tuple[str, ...]) -> None:
    top = {"uint8": 255, "uint16": 65535}.get(depth, 1)
    random = np.random.default_rng(2)
    pixels = (random.random((150, 131, 3)) < 0.5).astype(depth) * np.array(top, depth)
    pixels[:, 60:] = top
    pixels[90:, 40:100] = 0
    stack = Stack.parse([*before, f"gaussian-blur:sigma={sigma}"])
    assert "grow" in kernels(*stack.specifications(), depth=depth)
    for light in ("encoded", "linear"):
        mode: LightMode = "linear" if light == "linear" else "encoded"
        assert_true(apply(pixels, stack, workers=2, light=mode), pixels, stack, mode)


@pytest.mark.parametrize("sigma", [3.5, 4.2, 5.0, 6.0, 11.0])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_wide_gaussians_reach_no_farther_than_they_say(sigma: float, bad: float) -> None:
    clean = np.random.default_rng(3).random((300, 250, 1)).astype(np.float32)
    dirty = clean.copy()
    dirty[150, 140] = bad
    stack = Stack.parse([f"gaussian-blur:sigma={sigma}"])
    assert "grow" in kernels(*stack.specifications(), depth="float32")
    with np.errstate(invalid="ignore"):
        found, expected = (apply(each, stack, workers=1, light="encoded") for each in (dirty, clean))
    rows, columns = np.nonzero((found != expected)[..., 0])
    far = reach(stack.steps[0].declaration, dict(stack.steps[0].values))
    assert max(np.abs(rows - 150).max(), np.abs(columns - 140).max()) <= far


@pytest.mark.parametrize("depth", ["uint8", "uint16"])
@given(
    radius=st.integers(1, 100), seed=st.integers(0, 2**32 - 1), shape=st.tuples(st.integers(1, 70), st.integers(1, 90))
)
@settings(max_examples=40)
def test_box_blurs_of_codes_are_exact(depth: str, radius: int, seed: int, shape: tuple[int, int]) -> None:
    random = np.random.default_rng(seed)
    pixels = random.integers(0, np.iinfo(depth).max + 1, (*shape, 3)).astype(depth)
    if seed % 2:
        pixels[:] = np.iinfo(depth).max
    exact = uniform_filter(pixels.astype(np.float64), 2 * radius + 1, mode="nearest", axes=(0, 1))
    found = apply(pixels, [f"box-blur:radius={radius}"], workers=1, light="encoded")
    assert np.abs(found - exact).max() <= 0.5 + 0.01


def test_a_box_keeps_what_is_no_number_to_itself() -> None:
    pixels = np.random.default_rng(4).random((60, 50, 3)).astype(np.float32)
    pixels[30, 20, 1] = np.inf
    pixels[31, 25, 0] = np.nan
    found = apply(pixels, ["box-blur:radius=4"], workers=2, light="encoded")
    expected = np.zeros(pixels.shape, bool)
    expected[26:35, 16:25, 1] = True
    expected[27:36, 21:30, 0] = True
    np.testing.assert_array_equal(~np.isfinite(found), expected)


def test_a_large_box_does_not_drift() -> None:
    pixels = np.full((400, 300, 1), 1e-3, np.float32)
    pixels[:20, :20] = 1e6
    found = apply(pixels, ["box-blur:radius=60"], workers=1, light="encoded")
    np.testing.assert_allclose(found[300:, 200:], 1e-3, rtol=1e-5)
    exact = truth(pixels, Stack.parse(["box-blur:radius=60"]), "encoded").colour
    assert np.abs(found - exact).max() <= 1e-4 * 1e6


@pytest.mark.parametrize("spec", ["difference-of-gaussians:amount=0", "high-pass:amount=0", "high-pass:radius=0"])
@pytest.mark.parametrize("behind", ["scharr", "gaussian-blur:sigma=2", "curves:points=0 0; 0.5 0.7; 1 1"])
def test_detail_of_which_nothing_is_left_is_a_level(spec: str, behind: str) -> None:
    for depth in DEPTHS:
        pixels = made("noise", (23, 41, 3), depth, seed=5)
        stack = Stack.parse([spec, behind])
        assert_true(apply(pixels, stack, workers=1), pixels, stack, "linear")
