"""Medians and extremes: straight on codes, behind curves that keep order or turn it round, and on float32 planes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from engine import apply
from engine.filter import Table
from engine.filters import catalogue
from engine.plan import Plan
from engine.planner import make_plan
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made, pictures, steps_of

Pixels = NDArray[Any]
CURVES = [each for each in catalogue().values() if isinstance(each.kind, Table)]
RANKS = [catalogue()[name] for name in ("median", "erode", "dilate", "open", "close")]


def truth(name: str, pixels: Pixels, radius: int) -> Pixels:
    """SciPy's, channel by channel, with alpha as it was."""
    sizes = {"size": (2 * radius + 1, 2 * radius + 1, 1), "mode": "nearest"}
    least, most = (
        (lambda plane: ndimage.minimum_filter(plane, **sizes)),
        (lambda plane: ndimage.maximum_filter(plane, **sizes)),
    )
    ways = {
        "median": lambda plane: ndimage.median_filter(plane, **sizes),
        "erode": least,
        "dilate": most,
        "open": lambda plane: most(least(plane)),
        "close": lambda plane: least(most(plane)),
    }
    found: Pixels = ways[name](pixels)
    if pixels.shape[2] % 2 == 0:
        found[..., -1] = pixels[..., -1]
    return found


def modules(*specifications: str, depth: str = "uint8", channels: int = 3) -> list[str]:
    return [
        stage.kernel.module
        for each in planned(*specifications, depth=depth, channels=channels).passes
        for stage in each.stages
    ]


def planned(*specifications: str, depth: str = "uint8", channels: int = 3) -> Plan:
    return make_plan(Stack.parse(specifications), (600, 800, channels), depth, light="encoded")


@pytest.mark.parametrize("name", [each.name for each in RANKS])
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(
    ("radius", "shape"), [(1, (35, 700, 4)), (2, (17, 6, 2)), (3, (40, 1100, 3)), (6, (50, 45, 4))]
)
def test_a_window_is_exact_at_every_depth(name: str, depth: str, radius: int, shape: tuple[int, int, int]) -> None:
    pixels = made("noise", shape, depth, seed=radius)
    found = apply(pixels, [f"{name}:radius={radius}"], workers=1, light="encoded")
    np.testing.assert_array_equal(found, truth(name, pixels, radius))


@pytest.mark.parametrize("radius", [4, 9, 20])
@pytest.mark.parametrize("kind", ["noise", "ends", "ramp", "flat"])
def test_large_medians_of_bytes_are_exact(kind: str, radius: int) -> None:
    pixels = made(kind, (61, 90, 3), "uint8", seed=radius)
    found = apply(pixels, [f"median:radius={radius}"], workers=1, light="encoded")
    np.testing.assert_array_equal(found, truth("median", pixels, radius))


@pytest.mark.parametrize("depth", ["uint16", "float32"])
@pytest.mark.parametrize("kind", ["noise", "ends", "ramp", "beyond"])
def test_the_widest_medians_by_ranks_are_exact(kind: str, depth: str) -> None:
    pixels = made(kind, (70, 300, 2), depth, seed=3)
    found = apply(pixels, ["median:radius=20"], workers=1, light="encoded")
    np.testing.assert_array_equal(found, truth("median", pixels, 20))


@pytest.mark.parametrize("name", ["erode", "close"])
def test_the_widest_window_is_exact(name: str) -> None:
    pixels = made("noise", (300, 60, 1), "uint16", seed=1)
    found = apply(pixels, [f"{name}:radius=100"], workers=1, light="encoded")
    np.testing.assert_array_equal(found, truth(name, pixels, 100))


@given(data=st.data(), pixels=pictures(), light=st.sampled_from(["linear", "encoded"]))
@settings(max_examples=120)
def test_curves_and_windows_change_places_without_a_trace(data: st.DataObject, pixels: Pixels, light: Any) -> None:
    """Against the oracles one after another, as the stack has them."""
    declared = data.draw(st.lists(st.sampled_from(CURVES + RANKS), min_size=2, max_size=5))
    stack = Stack(tuple(data.draw(steps_of(each, wide=False)) for each in declared))
    assert_true(apply(pixels, stack, workers=1, light=light), pixels, stack, light, steep=True)


@pytest.mark.parametrize("curves", [("gamma:gamma=2", "contrast:amount=0.4"), ("invert",), ("invert", "gamma:gamma=2")])
@pytest.mark.parametrize("window", ["median:radius=2", "median:radius=5", "erode:radius=2", "close:radius=1"])
@pytest.mark.parametrize("depth", ["uint8", "uint16"])
def test_moving_curves_behind_a_window_changes_no_byte(curves: tuple[str, ...], window: str, depth: str) -> None:
    pixels = made("noise", (40, 50, 4), depth, seed=4)
    once = apply(pixels, [*curves, window], workers=1, light="encoded")
    first = apply(pixels, curves, workers=1, light="encoded")
    np.testing.assert_array_equal(once, apply(first, [window], workers=1, light="encoded"))


def test_codes_stay_codes() -> None:
    for depth in DEPTHS:
        assert modules("median:radius=3", depth=depth) == ["take", "median_network"]
        assert modules("open:radius=3", depth=depth, channels=4) == ["take", "extreme", "extreme"]
    assert modules("median:radius=9") == ["take", "median_histogram"]
    assert modules("median:radius=9", depth="uint16") == ["take", "median_ranks"]
    assert modules("exposure:ev=1", "erode", "gamma:gamma=2") == ["take", "extreme", "lookup_bytes"]
    assert modules("invert", "median", "invert", depth="uint16") == ["take", "median_network", "points"]


def test_an_inverted_picture_is_eroded_where_it_was_to_be_dilated() -> None:
    lines = planned("invert", "dilate:radius=2").explain()
    assert any("dilate: the smallest of a square" in line for line in lines)


def test_behind_a_matrix_windows_work_on_planes() -> None:
    assert modules("saturation:amount=0.5", "erode") == ["points", "extreme", "narrow"]
    pixels = made("noise", (30, 41, 4), "float32", seed=8)
    stack = Stack.parse(["saturation:amount=0.5", "close:radius=2", "median:radius=2", "median:radius=4"])
    assert_true(apply(pixels, stack, workers=1, light="encoded"), pixels, stack, "encoded")


def test_both_windows_of_a_series_are_in_one_pass() -> None:
    assert len(planned("open:radius=5").passes) == 1


@pytest.mark.parametrize("window", ["median:radius=2", "median:radius=5", "erode:radius=3", "open:radius=2"])
def test_no_number_is_larger_than_all_numbers_wherever_a_tile_begins(window: str) -> None:
    pixels = made("noise", (90, 70, 3), "float32", seed=2)
    pixels[20:50:3, 11:60:4] = np.nan
    pixels[5, 5], pixels[6, 6] = -0.0, 0.0
    name, radius = window.split(":radius=")
    finite = np.where(np.isnan(pixels), np.float32(np.inf), pixels)
    expected = truth(name, finite, int(radius))
    found = apply(pixels, [window], workers=1, light="encoded")
    np.testing.assert_array_equal(np.where(np.isnan(found), np.float32(np.inf), found), expected)
    lower = apply(pixels[31:], [window], workers=1, light="encoded")
    apart = 2 * int(radius)
    assert lower[apart:].tobytes() == found[31 + apart :].tobytes()
