"""`engine.apply`: what it takes, what it gives back, what it refuses, and what it never does."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import engine
from engine import Stack, apply
from engine.errors import ImageError, SpecError
from tests.engine.pictures import DEPTHS, made, pictures

STACK = ("exposure:ev=0.5", "gaussian-blur:sigma=1.5")
VIEWS = {
    "read-only": lambda pixels: pixels,
    "every second row": lambda pixels: np.repeat(pixels, 2, axis=0)[::2],
    "every second column": lambda pixels: np.repeat(pixels, 2, axis=1)[:, ::2],
    "backwards": lambda pixels: pixels[::-1, ::-1].copy()[::-1, ::-1],
    "column after column": np.asfortranarray,
    "part of a larger one": lambda pixels: np.pad(pixels, [(3, 2), (1, 4)] + [(0, 0)] * (pixels.ndim - 2))[3:-2, 1:-4],
}


def frozen(pixels: NDArray[Any]) -> NDArray[Any]:
    pixels.flags.writeable = False
    return pixels


@given(pixels=pictures(), view=st.sampled_from(sorted(VIEWS)), workers=st.integers(1, 3))
@settings(max_examples=60)
def test_any_view_gives_the_same_and_stays_as_it_was(pixels: NDArray[Any], view: str, workers: int) -> None:
    expected = apply(pixels, STACK, workers=1)
    seen = frozen(VIEWS[view](pixels.copy()))
    before = seen.tobytes()
    found = apply(seen, STACK, workers=workers)
    np.testing.assert_array_equal(found, expected)
    assert seen.tobytes() == before
    assert (found.dtype, found.shape) == (pixels.dtype, pixels.shape)


@given(pixels=pictures())
@settings(max_examples=60)
def test_out_takes_the_result(pixels: NDArray[Any]) -> None:
    out = np.zeros_like(pixels)
    assert apply(pixels, STACK, workers=2, out=out) is out
    np.testing.assert_array_equal(out, apply(pixels, STACK, workers=2))
    assert apply(pixels, [], out=out) is out
    np.testing.assert_array_equal(out, pixels)


@pytest.mark.parametrize("depth", DEPTHS)
def test_out_takes_a_grey_picture_that_gets_colours(depth: str) -> None:
    pixels = made("noise", (6, 5), depth, seed=1)
    out = np.zeros((6, 5, 3), depth)
    assert apply(pixels, ["sepia"], out=out) is out
    np.testing.assert_array_equal(out, apply(pixels, ["sepia"]))


@pytest.mark.parametrize(
    ("out", "word"),
    [
        (np.zeros((4, 5, 3), np.uint8), "4 x 6 x 3"),
        (np.zeros((4, 6), np.uint8), "4 x 6 x 3"),
        (np.zeros((4, 6, 3), np.uint16), "uint8"),
        (np.zeros((4, 12, 3), np.uint8)[:, ::2], "C-contiguous"),
        (frozen(np.zeros((4, 6, 3), np.uint8)), "writable"),
    ],
)
def test_an_out_that_does_not_fit_is_refused(out: NDArray[Any], word: str) -> None:
    with pytest.raises(ImageError, match=word):
        apply(np.zeros((4, 6, 3), np.uint8), STACK, out=out)


def test_the_input_cannot_be_the_output() -> None:
    pixels = np.zeros((4, 6, 3), np.uint8)
    with pytest.raises(ImageError, match="share memory"):
        apply(pixels, STACK, out=pixels)


@pytest.mark.parametrize(
    ("pixels", "word"),
    [
        (np.zeros((4, 6, 3)), "float64"),
        (np.zeros((4, 6, 3), np.int16), "int16"),
        (np.zeros((4, 6, 3), ">u2"), "native byte order"),
        (np.zeros((4, 6, 5), np.uint8), "4 x 6 x 5"),
        (np.zeros((0, 6, 3), np.uint8), "0 x 6 x 3"),
        (np.zeros((4, 6, 0), np.uint8), "4 x 6 x 0"),
        (np.zeros(4, np.uint8), "not 4"),
        (np.zeros((1, 4, 6, 3), np.uint8), "1 x 4 x 6 x 3"),
    ],
)
def test_pixels_that_are_no_picture_are_refused(pixels: NDArray[Any], word: str) -> None:
    with pytest.raises(ImageError, match=word):
        apply(pixels, STACK)


def test_the_stack_may_be_text_or_a_stack_and_is_checked() -> None:
    pixels = made("noise", (5, 5, 3), "uint8", seed=0)
    np.testing.assert_array_equal(apply(pixels, Stack.parse(STACK)), apply(pixels, STACK))
    with pytest.raises(SpecError, match="exposure"):
        apply(pixels, ["exposer"])


def test_light_matters_to_what_light_does() -> None:
    pixels = made("ramp", (4, 64, 3), "uint8", seed=0)
    assert (apply(pixels, STACK, light="encoded") != apply(pixels, STACK, light="linear")).any()
    np.testing.assert_array_equal(apply(pixels, ["invert"], light="encoded"), apply(pixels, ["invert"]))


def test_the_package_tells_its_names() -> None:
    assert {name: getattr(engine, name) for name in engine.__all__} == {"Stack": Stack, "apply": apply}
    with pytest.raises(AttributeError, match="aply"):
        engine.aply  # noqa: B018
