"""Convolutions with any kernel: what people type, how kernels are taken apart, and what reaches how far."""

import numpy as np
import pytest

from engine import apply
from engine.errors import SpecError
from engine.filters import find, lens_blur, motion_blur
from engine.planner import make_plan
from engine.stack import Stack, Step
from engine.staging.own.convolution import differences, is_bulging, taps_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 2; 3 4", "2 rows of 2 numbers"),
        ("1 2 3; 4 5", "not equally long"),
        ("1 two 3", "'two' is no number"),
        ("", "let both be odd"),
        ("nan", "beyond"),
        (" ".join("1" * 17), "at most 15"),
    ],
)
def test_what_is_no_kernel_is_refused(text: str, said: str) -> None:
    with pytest.raises(SpecError, match=said):
        find("convolution").parameter("kernel").check(text)


def test_weights_that_drown_the_picture_in_rounding_are_refused() -> None:
    with pytest.raises(SpecError, match="at most 100"):
        Step.of("convolution", {"kernel": "1000 -999 0"})


def test_a_kernel_is_not_turned() -> None:
    dot = np.zeros((5, 5), np.uint8)
    dot[2, 2] = 90
    expected = np.zeros_like(dot)
    expected[3, 2], expected[2, 3] = 60, 30
    # A pixel looks up for twice what it finds on its left.
    found = apply(dot, ["convolution:kernel=0 2 0; 1 0 0; 0 0 0"], light="encoded")
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("radius", [0.0, 0.7, 3.0, 12.25, 50.0])
def test_sums_of_rows_make_a_disc_with_fewer_taps(radius: float) -> None:
    disc = lens_blur.disc({"radius": radius})
    sums, middle = differences(disc), disc.shape[0] // 2
    assert is_bulging(disc)
    made = np.array([sums[middle + abs(row) :].sum(axis=0) for row in range(-middle, middle + 1)])
    np.testing.assert_allclose(made, disc, atol=1e-15)
    assert disc.sum() == pytest.approx(1.0)
    assert radius < 3.0 or len(taps_of(sums)) < 0.75 * len(taps_of(disc))


def test_large_discs_take_sums_of_rows_and_small_kernels_do_not() -> None:
    for spec, module in (("lens-blur:radius=20", "convolve_nested"), ("convolution", "convolve")):
        plan = make_plan(Stack.parse([spec]), (100, 100, 3), "uint8")
        assert module in [stage.kernel.module for each in plan.passes for stage in each.stages]


@pytest.mark.parametrize("angle", [0.0, 17.0, 45.0, 90.0, 180.0, -300.0])
@pytest.mark.parametrize("length", [0.001, 1.0, 7.5, 200.0])
def test_a_streak_is_as_long_as_it_says(length: float, angle: float) -> None:
    weights = motion_blur.streak({"length": length, "angle": angle})
    places = np.arange(weights.shape[0]) - weights.shape[0] // 2
    assert weights.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(weights, weights[::-1, ::-1], atol=1e-15)
    # A line's variance is length ** 2 / 12; bilinear interpolation adds at most a quarter of a pixel on each axis.
    variance = (weights * (places[:, np.newaxis] ** 2 + places**2)).sum()
    assert length**2 / 12.0 - 1e-9 <= variance <= length**2 / 12.0 + 0.5


def test_a_step_of_one_pixel_is_half_a_pixel_to_either_side() -> None:
    np.testing.assert_allclose(motion_blur.streak({"length": 1.0, "angle": 0.0})[1], [0.125, 0.75, 0.125])


@pytest.mark.parametrize("spec", ["lens-blur:radius=5", "motion-blur:length=13,angle=40", "convolution"])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_stays_within_reach(spec: str, bad: float) -> None:
    clean = np.random.default_rng(1).random((64, 61, 3)).astype(np.float32)
    dirty = clean.copy()
    dirty[31, 30, 1] = bad
    with np.errstate(invalid="ignore"):
        found, expected = (apply(each, [spec]) for each in (dirty, clean))
    rows, columns, channels = np.nonzero(found != expected)
    step = Step.parse(spec)
    kind = step.declaration.kind
    assert max(abs(rows - 31).max(), abs(columns - 30).max()) <= kind.reach(dict(step.values))  # type: ignore[union-attr]
    assert set(channels) == {1}
