"""Filters of tone and colour: what a photographer may count on beyond that a filter does what its oracle says."""

import itertools

import numpy as np
import pytest
from numpy.polynomial import Polynomial

from engine import apply
from engine.errors import SpecError
from engine.filters import curves
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
DULL = (0.5 + 0.1 * (np.random.default_rng(5).random((40, 50, 3)) - 0.5)).astype(np.float32)
"""No colour that any of these makes lies outside the range."""


@pytest.mark.parametrize("stack", ["hue:angle=77", "split-toning:amount=80", "channel-mixer:red-from-red=100"])
def test_brightness_stays(stack: str) -> None:
    found = apply(DULL, [stack], light="encoded")
    np.testing.assert_allclose(found @ LUMINANCE, DULL @ LUMINANCE, atol=1e-6)


def test_hues_go_round_in_a_circle() -> None:
    third = ["hue:angle=120"]
    np.testing.assert_allclose(apply(DULL, 3 * third, light="encoded"), DULL, atol=1e-6)
    red = apply(np.array([[[1.0, 0.0, 0.0]]], np.float32), third, light="encoded")[0, 0]
    assert red[1] > red[0] == pytest.approx(red[2], abs=1e-6)


@pytest.mark.parametrize("stack", [["split-toning"], ["tone-mapping:curve=reinhard"], ["tone-mapping"], ["curves"]])
def test_black_stays_black(stack: list[str]) -> None:
    black = np.zeros((3, 5, 3), np.uint8)
    np.testing.assert_array_equal(apply(black, stack), black)


def test_white_goes_through_every_glass() -> None:
    white = np.full((3, 5, 3), 255, np.uint8)
    for glass, strength in itertools.product(("none", "yellow", "orange", "red", "green", "blue"), (0, 60, 100)):
        np.testing.assert_array_equal(apply(white, [f"black-and-white:filter={glass},strength={strength}"]), white)


@pytest.mark.parametrize("depth", ["uint8", "uint16"])
@pytest.mark.parametrize("toned", ["gradient-map", "split-toning", "colour-balance:shadows-red=90", "cross-process"])
def test_dark_pictures_get_the_whole_colour(toned: str, depth: str) -> None:
    """What is added to a range of tones that is small counts in what a spline behind it is made for."""
    pixels = made("noise", (20, 30, 3), depth, seed=2)
    stack = Stack.parse(["contrast:amount=-0.99,pivot=0", toned, "gamma:gamma=1.3"])
    assert_true(apply(pixels, stack), pixels, stack, "encoded")


def test_a_gradient_goes_through_every_stop() -> None:
    tones = np.repeat(np.arange(256, dtype=np.uint8)[np.newaxis, :, np.newaxis], 3, axis=2)
    stack = ["gradient-map:shadows=#000000,midtones=#00ff00,highlights=#ffffff,stops=[0.2 #ff0000; 0.8 #0000ff]"]
    result = apply(tones, stack)[0]
    assert result[[0, 51, 204, 255]].tolist() == [[0, 0, 0], [255, 0, 0], [0, 0, 255], [255, 255, 255]]
    assert result[127].tolist() == [2, 253, 0]
    assert_true(apply(tones, stack), tones, Stack.parse(stack), "encoded")


@pytest.mark.parametrize(
    ("stops", "wrong"),
    [
        ("[0.2]", "is no stop"),
        ("[0.2 #12345]", "must be a colour"),
        ("[x #ffffff]", "is no stop"),
        ("[nan #ffffff]", "between 0.01 and 0.99"),
        ("[0 #ffffff]", "between 0.01 and 0.99"),
        ("[0.3 #ffffff; 0.2 #ffffff]", "from dark to light"),
        ("[0.1 #fff; 0.2 #fff; 0.3 #fff; 0.4 #fff]", "may be 3 more stops, not 4"),
        ("[0.5 #ffffff]", "0.01 apart"),
    ],
)
def test_what_is_no_stop_is_said(stops: str, wrong: str) -> None:
    with pytest.raises(SpecError, match=wrong):
        Stack.parse([f"gradient-map:stops={stops}"])


@pytest.mark.parametrize(
    ("points", "wrong"),
    [
        ("", "two numbers"),
        ("0 0", "2 to 12 points, not 1"),
        ("0 0; 1", "two numbers"),
        ("0 0; 1 one", "two numbers"),
        ("0 0; 1 2", "between 0"),
        ("0 0; nan 1", "between 0"),
        ("0 0; 0.5 0.5; 0.5 0.6", "at least 0.01"),
        ("1 1; 0 0", "from dark to light"),
        ("; ".join(f"{k / 13} 0" for k in range(13)), "not 13"),
    ],
)
def test_a_curve_that_cannot_be_drawn_is_refused(points: str, wrong: str) -> None:
    with pytest.raises(SpecError, match=wrong):
        Stack.parse([f"curves:points=[{points}]"])


def test_a_curve_goes_through_its_points_and_never_turns_between_them() -> None:
    points = [(0.0, 0.1), (0.2, 0.1), (0.25, 0.8), (0.6, 0.85), (1.0, 0.2)]
    text = "; ".join(f"{x} {y}" for x, y in points)
    tones = np.linspace(0.0, 1.0, 2001, dtype=np.float32)[np.newaxis]
    found = apply(tones, [f"curves:points=[{text}]"])[0]
    for (x, y), (further, other) in itertools.pairwise(points):
        part = found[round(2000 * x) : round(2000 * further) + 1]
        assert part[0] == pytest.approx(y, abs=1e-5)
        assert part[-1] == pytest.approx(other, abs=1e-5)
        assert (np.diff(part) * (1.0 if other >= y else -1.0) >= -1e-6).all()


def test_slopes_of_even_points_on_a_parabola_are_harmonic_means_and_true_at_the_ends() -> None:
    """By hand: the rises are 1 and 3, whose harmonic mean is 3/2; x^2 has the slopes 0 and 4 at its ends."""
    parabola = Polynomial([0.0, 0.0, 1.0])
    rises = np.diff(parabola(np.arange(3.0)))
    np.testing.assert_allclose(curves.slopes_at_points(np.ones(2), rises), [0.0, 1.5, 4.0])


@pytest.mark.parametrize("depth", DEPTHS)
def test_curves_of_channels_change_their_own(depth: str) -> None:
    pixels = made("noise", (40, 61, 4), depth, seed=5)
    points = "[0 0.1; 0.3 0.2; 0.6 0.9; 1 1]"
    result = apply(pixels, [f"channel-curves:red={points},green=[0 0; 1 1],blue={points}"], workers=1)
    common = apply(pixels, [f"curves:points={points}"], workers=1)
    near = 1e-5 if depth == "float32" else 1
    np.testing.assert_allclose(result[..., [0, 2]].astype(float), common[..., [0, 2]].astype(float), atol=near)
    np.testing.assert_array_equal(result[..., [1, 3]], pixels[..., [1, 3]])


def test_a_grey_picture_has_colours_where_curves_differ() -> None:
    pixels = made("ramp", (20, 30, 1), "uint8", seed=5)
    same = apply(pixels, ["channel-curves:red=0 1; 1 0,green=0 1; 1 0,blue=0 1; 1 0"], workers=1)
    np.testing.assert_array_equal(same, 255 - pixels)
    assert apply(pixels, ["channel-curves:red=0 1; 1 0"], workers=1).shape == (20, 30, 3)
    with pytest.raises(SpecError, match="2 to 8 points, not 9"):
        Stack.parse(["channel-curves:red=0 0; .1 0; .2 0; .3 0; .4 0; .5 0; .6 0; .7 0; 1 1"])
