"""Functions of a pixel and its place: where they think they are, in any tiles and behind a crop; what grey becomes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.filter import Colours, Constants, Pixel, Values, always, never
from engine.operation import Pointwise
from engine.plan import Axis, Plan
from engine.run.compiler import compiler
from engine.run.rendering import Rendering
from engine.run.together import render
from engine.staging.draft import Draft
from engine.staging.pixels import add_pixel
from tests.engine.pictures import DEPTHS


def where(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """The place itself, as parts of the picture's size."""
    x, y, width, height = place
    return x / width, y / height, constants[0] * width / height


def places(height: int, width: int) -> NDArray[np.float64]:
    """What `where` makes of a picture of that size, with 0.125 for its constant."""
    rows, columns = np.mgrid[0.5:height, 0.5:width]
    return np.dstack([columns / width, rows / height, np.full((height, width), 0.125 * width / height)])


def add_where(draft: Draft, colours: Callable[[Values], bool] = always) -> None:
    pixel = Pixel(function=where, gain=lambda values: 1.0, constants=lambda values: (0.125,), colours=colours)
    add_pixel(draft, Pointwise(pixel, {}, "where"))


def made_by(draft: Draft, pixels: NDArray[Any], workers: int = 1) -> NDArray[Any]:
    """What the stages of a draft make of a picture."""
    (height, width), channels, shape = draft.size, draft.channels, pixels.shape
    plan = Plan(*shape, height, width, channels, draft.dtype, "encoded", draft.finish(), ())
    result = np.empty(plan.shape_out, pixels.dtype)
    render(Rendering(plan, compiler(), pixels, result), workers)
    return result


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_every_pixel_knows_its_place_and_keeps_its_alpha(depth: str, channels: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 2, (131, 700, channels)).astype(depth)
    draft = Draft(pixels.shape, depth)
    add_where(draft)
    result = made_by(draft, pixels, workers=3)
    top = {"uint8": 255, "uint16": 65535}.get(depth, 1)
    np.testing.assert_allclose(result[..., :3] / top, places(131, 700), atol=1.01 / top if top > 1 else 1e-6)
    assert result.shape[2] == max(channels, 3) + (channels == 2)
    if channels % 2 == 0:
        np.testing.assert_array_equal(result[..., 3], pixels[..., -1])


@pytest.mark.parametrize("before", [True, False], ids=["planes", "codes"])
def test_places_are_those_in_what_a_crop_has_left(before: bool) -> None:
    pixels = np.zeros((60, 80, 3), np.float32)
    draft = Draft(pixels.shape, "float32")
    if before:
        draft.to_planes()
    draft.rows, draft.columns = draft.rows.cut(7, 20), draft.columns.cut(30, 41)
    add_where(draft)
    assert (draft.rows, draft.columns) == (Axis(20), Axis(41))
    np.testing.assert_allclose(made_by(draft, pixels), places(20, 41), atol=1e-6)


def test_a_grey_picture_that_is_changed_stays_grey() -> None:
    pixels = np.zeros((5, 9, 1), np.float32)
    draft = Draft(pixels.shape, "float32")
    add_where(draft, never)
    np.testing.assert_allclose(made_by(draft, pixels), places(5, 9)[..., :1], atol=1e-6)


def test_a_crop_behind_leaves_places_as_they_were() -> None:
    pixels = np.zeros((60, 90, 3), np.float32)
    draft = Draft(pixels.shape, "float32")
    add_where(draft)
    draft.keep(7, 11, (30, 40))
    np.testing.assert_allclose(made_by(draft, pixels), places(60, 90)[7:37, 11:51], atol=1e-6)
