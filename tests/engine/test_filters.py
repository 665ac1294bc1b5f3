"""Every filter against its oracle: odd shapes, all depths and layouts, both lights, values beyond black and white."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import apply
from engine.filter import Box, Matrix, Pixel, Separable, Table, Window
from engine.filters import catalogue, find
from engine.plan import LightMode
from engine.stack import Stack, Step
from tests.engine.oracle import FAR, assert_true, reach
from tests.engine.pictures import CONTENTS, DEPTHS, made, pictures, steps_of

LIGHTS: tuple[LightMode, ...] = ("linear", "encoded")
AVERAGING = [
    each.name
    for each in catalogue().values()
    if isinstance(each.kind, Window) and isinstance(each.kind.step, Separable | Box) and each.kind.combine is None
]
SINGLE = [each.name for each in catalogue().values() if isinstance(each.kind, Table | Matrix | Pixel)]
STAYING = [
    each.name
    for each in catalogue().values()
    if not each.resizes and reach(each, dict(Step.of(each.name).values)) < FAR
]
"""Filters that leave pixels where they are and look at those around them, no farther than a distance."""
BAD = (np.nan, np.inf, -np.inf)
WITHIN, SPOILT = 60, 0.1
"""Pixels that a filter may look away where what is no number is followed; the part of a picture that may be spoilt."""


@pytest.mark.parametrize("name", catalogue())
@given(data=st.data(), pixels=pictures(), light=st.sampled_from(LIGHTS))
def test_a_filter_does_what_its_oracle_says(
    name: str, data: st.DataObject, pixels: NDArray[Any], light: LightMode
) -> None:
    stack = Stack((data.draw(steps_of(find(name))),))
    before = pixels.copy()
    result = apply(pixels, stack, workers=1, light=light)
    assert_true(result, pixels, stack, light, steep=find(name).jumps)
    np.testing.assert_array_equal(pixels, before)


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("depth", DEPTHS)
def test_a_filter_does_the_same_across_many_tiles(name: str, depth: str) -> None:
    pixels = made("beyond", (150, 530, 4), depth, seed=7)
    stack = Stack.parse([find(name).example])
    assert_true(apply(pixels, stack, workers=2), pixels, stack, "linear", steep=find(name).jumps)


@pytest.mark.parametrize("name", [each.name for each in catalogue().values() if each.neutral is not None])
@given(data=st.data(), pixels=pictures(), light=st.sampled_from(LIGHTS))
@settings(max_examples=30)
def test_neutral_values_change_nothing(name: str, data: st.DataObject, pixels: NDArray[Any], light: LightMode) -> None:
    declared = find(name)
    step = data.draw(steps_of(declared))
    for key, value in (declared.neutral or {}).items():
        step = step.with_value(key, value)
    result = apply(pixels, Stack((step,)), workers=1, light=light)
    np.testing.assert_array_equal(result, pixels)
    assert not np.shares_memory(result, pixels)


@pytest.mark.parametrize("name", catalogue())
def test_the_declared_neutral_values_are_neutral_for_the_oracle(name: str) -> None:
    declared = find(name)
    values = dict(Step.of(name).values) | dict(declared.neutral or {})
    colour = np.random.default_rng(3).random((9, 9, 3))
    same = np.allclose(declared.oracle(colour, None, values)[0], colour, atol=1e-12)
    assert same or declared.neutral is None


@pytest.mark.parametrize("name", STAYING)
@given(data=st.data(), bad=st.sampled_from(BAD), channels=st.integers(1, 4), light=st.sampled_from(LIGHTS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_what_is_no_number_stays_within_reach(
    name: str, data: st.DataObject, bad: float, channels: int, light: LightMode
) -> None:
    step = data.draw(steps_of(find(name)))
    distance = reach(step.declaration, dict(step.values))
    assume(distance < WITHIN)
    clean = made("noise", (127, 131, channels), "float32", seed=data.draw(st.integers(0, 99)))
    dirty = clean.copy()
    dirty[63, 65, 0] = bad
    with np.errstate(invalid="ignore"):
        found, expected = (apply(each, Stack((step,)), workers=1, light=light) for each in (dirty, clean))
    rows, columns = np.nonzero((found != expected).any(axis=2))
    if rows.size:
        assert max(abs(rows - 63).max(), abs(columns - 65).max()) <= distance


@pytest.mark.parametrize("name", [name for name in catalogue() if name not in STAYING])
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_what_is_no_number_does_not_spoil_the_picture(name: str, bad: float, channels: int) -> None:
    """Of those that move pixels, blur along paths or measure the whole picture."""
    pixels = made("noise", (127, 131, channels), "float32", seed=3)
    expected = np.isfinite(apply(pixels, [find(name).example], workers=1)).mean()
    pixels[63, 65, 0] = bad
    finite = np.isfinite(apply(pixels, [find(name).example], workers=1)).mean()
    assert finite >= expected - SPOILT


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("light", LIGHTS)
def test_a_filter_of_single_pixels_keeps_what_is_no_number(name: str, light: LightMode) -> None:
    pixels = np.array([[np.nan, np.inf, -np.inf, 0.5]], np.float32)
    result = apply(pixels, [find(name).example], workers=1, light=light).reshape(4, -1)
    with np.errstate(invalid="ignore"):
        values = dict(Step.parse(find(name).example).values)
        expected, _ = find(name).oracle(pixels[..., np.newaxis].astype(np.float64), None, values)
    assert np.isnan(result[0]).all()
    # A matrix that colours grey and subtracts takes infinity from infinity; none of infinity is no number either.
    kind = find(name).kind
    subtracts = isinstance(kind, Matrix) and result.shape[1] == 3 and (kind.rows(values)[:, :3] <= 0.0).any()
    assert subtracts or not np.isnan(result[1:]).any()
    assert (np.isfinite(result) == np.isfinite(expected.reshape(4, -1))).all()


@pytest.mark.parametrize("name", SINGLE)
@given(data=st.data(), pixels=pictures(layouts=st.integers(1, 2)), light=st.sampled_from(LIGHTS))
@settings(max_examples=15)
def test_grey_is_a_colour_like_any_other(
    name: str, data: st.DataObject, pixels: NDArray[Any], light: LightMode
) -> None:
    """What a filter of single pixels makes of grey is what it makes of the same with three channels."""
    stack = Stack((data.draw(steps_of(find(name))),))
    planes = pixels.reshape(*pixels.shape[:2], -1)
    three = np.concatenate([planes[..., :1].repeat(3, axis=2), planes[..., 1:]], axis=2)
    result = apply(pixels, stack, workers=1, light=light)
    found = result.reshape(*result.shape[:2], -1)
    if found.shape[2] < 3:
        found = np.concatenate([found[..., :1].repeat(3, axis=2), found[..., 1:]], axis=2)
    assert_true(found, three, stack, light, steep=find(name).jumps)


@pytest.mark.parametrize("name", AVERAGING)
@given(data=st.data(), pixels=pictures(), light=st.sampled_from(LIGHTS))
@settings(max_examples=30)
def test_colour_stays_where_nothing_is_to_be_seen(
    name: str, data: st.DataObject, pixels: NDArray[Any], light: LightMode
) -> None:
    assume(pixels.ndim == 3 and pixels.shape[2] % 2 == 0)
    pixels[:, : pixels.shape[1] // 2 + 1, -1] = 0
    step = data.draw(steps_of(find(name), wide=False))
    result = apply(pixels, Stack((step,)), workers=1, light=light)
    hidden = result[..., -1] == 0
    if pixels.dtype == np.float32:
        loose = 1e-4 * np.maximum(1.0, np.abs(pixels[hidden]))
        assert (np.abs(result[hidden] - pixels[hidden]) <= loose).all()
    else:
        clear = hidden & (blurred_alpha(pixels, step) == 0.0)
        np.testing.assert_array_equal(result[clear], pixels[clear])


def blurred_alpha(pixels: NDArray[Any], step: Step) -> NDArray[np.float64]:
    """The result's alpha before it is rounded."""
    colour = np.zeros((*pixels.shape[:2], 1))
    alpha = step.declaration.oracle(colour, pixels[..., -1].astype(np.float64), dict(step.values))[1]
    assert alpha is not None
    return alpha


@pytest.mark.parametrize("kind", CONTENTS)
def test_contents_are_what_they_say(kind: str) -> None:
    """The pictures that all this stands on are not all alike."""
    pixels = made(kind, (32, 32, 4), "float32", seed=1)
    assert pixels.flags.c_contiguous
    assert (np.ptp(pixels[..., 0]) == 0.0) == (kind == "flat")
    assert (pixels[..., :3].min() < 0.0 and pixels[..., :3].max() > 1.0) == (kind == "beyond")
    assert (pixels[..., 3] == 0.0).any()
