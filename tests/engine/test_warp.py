"""Pictures read between pixels: exact moves, far places, what lies beyond, and stages around them."""

import numpy as np
import pytest

from engine import apply
from engine.errors import SpecError
from engine.filters import find
from engine.plan import LightMode
from engine.planner import size_after
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("light", ["linear", "encoded"])
@pytest.mark.parametrize("angle", [90, 180, -90, 270, 360])
def test_quarter_turns_copy_every_pixel(depth: str, light: LightMode, angle: int) -> None:
    pixels = made("beyond", (37, 53, 4), depth, seed=2)
    result = apply(pixels, [f"rotate:angle={angle}"], workers=1, light=light)
    np.testing.assert_array_equal(result, np.rot90(pixels, -angle // 90))


@pytest.mark.parametrize("canvas", ["keep", "crop"])
def test_quarter_turns_on_another_canvas_lie_on_pixels(canvas: str) -> None:
    pixels = made("noise", (36, 53, 3), "uint8", seed=2)
    result = apply(pixels, [f"rotate:angle=90,canvas={canvas},border=black"], workers=1, light="linear")
    rows = {row.tobytes() for row in np.rot90(pixels, -1).reshape(-1, 3)} | {bytes(3)}
    assert {row.tobytes() for row in result.reshape(-1, 3)} <= rows


@pytest.mark.parametrize(
    "spec", ["rotate:angle=0.37,canvas=keep", "perspective:vertical=3", "lens-distortion:k1=-0.02"]
)
def test_places_are_exact_in_wide_pictures(spec: str) -> None:
    pixels = made("noise", (5, 9000, 1), "float32", seed=4)
    assert_true(apply(pixels, [spec], workers=2, light="encoded"), pixels, Stack.parse([spec]), "encoded")


def test_a_map_finds_its_place_behind_a_crop_and_before_one() -> None:
    pixels = made("noise", (90, 131, 4), "uint16", seed=4)
    specs = ["crop:left=20,top=30", "rotate:angle=20", "crop:right=30,bottom=10", "gaussian-blur:sigma=1"]
    for count in (2, 3, 4):
        assert_true(apply(pixels, specs[:count], workers=2), pixels, Stack.parse(specs[:count]), "linear")


@pytest.mark.parametrize("spec", ["rotate:angle=31", "canvas:size=3", "pixelate:size=7", "perspective:horizontal=10"])
@pytest.mark.parametrize("before", ["median:radius=1", "gaussian-blur:sigma=2", "contrast:amount=0.3", "saturation"])
def test_whatever_waits_is_done_before(spec: str, before: str) -> None:
    for depth in DEPTHS:
        pixels = made("noise", (40, 61, 3), depth, seed=4)
        stack = Stack.parse([before, spec, before])
        assert_true(apply(pixels, stack, workers=1), pixels, stack, "linear")


@pytest.mark.parametrize("angle", [0.2, 3.0, -7.5, 15.0])
def test_straightened_pictures_have_no_corners_beyond_the_picture(angle: float) -> None:
    pixels = np.full((301, 450, 2), 255, np.uint8)
    result = apply(pixels, [f"straighten:angle={angle}"], workers=1)
    assert (result == 255).all()
    height, width = result.shape[:2]
    assert abs(width / height - 450 / 301) < 0.01
    assert size_after(Stack.parse([f"straighten:angle={angle}"]), (301, 450)) == (height, width)
    grown = apply(pixels, [f"rotate:angle={angle}"], workers=1)
    rows, columns = ((large - small) // 2 for large, small in zip(grown.shape[:2], (height, width), strict=True))
    inside = grown[rows + 3 : rows + height - 3, columns + 3 : columns + width - 3, 1]
    assert (inside == 255).all()
    assert grown[0, 0, 1] == 0


@pytest.mark.parametrize(("border", "value", "cover"), [("white", 255, 255), ("black", 0, 255), ("transparent", 0, 0)])
def test_borders_are_what_they_are_called(border: str, value: int, cover: int) -> None:
    pixels = np.full((40, 40, 4), 128, np.uint8)
    corner = apply(pixels, [f"rotate:angle=45,border={border}"], workers=1)[0, 0]
    np.testing.assert_array_equal(corner, [value, value, value, cover])


def test_a_border_leaves_the_picture_as_it_is() -> None:
    pixels = made("beyond", (23, 31, 4), "float32", seed=3)
    result = apply(pixels, ["canvas:size=5,colour=#ff8000"], workers=1, light="encoded")
    np.testing.assert_array_equal(result[5:-5, 5:-5], pixels)
    np.testing.assert_allclose(result[0, 0], [1.0, 128 / 255, 0.0, 1.0], atol=1e-7)


def test_a_block_of_a_million_pixels_has_their_mean() -> None:
    pixels = np.full((1000, 1000, 1), 0.1, np.float32)
    result = apply(pixels, ["pixelate:size=1000"], workers=1, light="encoded")
    np.testing.assert_allclose(result, pixels, rtol=1e-7)


def test_both_keystones_together_are_limited() -> None:
    with pytest.raises(Exception, match="perspective: vertical and horizontal"):
        Stack.parse(["perspective:vertical=60,horizontal=60"])
    assert find("perspective").check is not None


def test_four_corners_become_the_corners_of_the_result() -> None:
    y, x = np.mgrid[0.5:200, 0.5:300]
    pixels = np.dstack([x / 300, y / 200, np.zeros_like(x)]).astype(np.float32)
    spec = "four-corners:corners=[20 10; 70 20; 90 80; 10 95],border=edge,canvas=keep"
    result = apply(pixels, [spec], workers=1, light="encoded")
    found = [result[place][:2] for place in ((0, 0), (0, -1), (-1, -1), (-1, 0))]
    np.testing.assert_allclose(found, [[0.2, 0.1], [0.7, 0.2], [0.9, 0.8], [0.1, 0.95]], atol=0.01)


@pytest.mark.parametrize(
    ("corners", "size"),
    [
        ("25 25; 75 25; 75 75; 25 75", (100, 150)),
        ("[100 0; 100 100; 0 100; 0 0]", (300, 200)),
        ("-50 -50; 150 -50; 150 150; -50 150", (200, 300)),
        ("50 -50; 150 50; 50 150; -50 50", (245, 245)),
    ],
)
def test_four_corners_make_no_more_pixels_than_there_were(corners: str, size: tuple[int, int]) -> None:
    assert size_after(Stack.parse([f"four-corners:corners={corners}"]), (200, 300)) == size


@pytest.mark.parametrize(
    ("corners", "why"),
    [
        ("0 0; 100 0; 100 100", "four corners of two numbers"),
        ("0 0; 100 0; 100 100; 0 x", "four corners of two numbers"),
        ("0 0; 100 0; 100 100; 0 151", "between -50 and 150"),
        ("0 0; nan 0; 100 100; 0 100", "between -50 and 150"),
        ("0 0; 100 0; 0 100; 100 100", "clockwise"),
        ("0 100; 100 100; 100 0; 0 0", "clockwise"),
        ("0 0; 100 0; 40 40; 0 100", "clockwise"),
        ("0 0; 50 0; 100 0; 0 100", "clockwise"),
        ("20 20; 20 20; 20 20; 20 20", "clockwise"),
        ("49 0; 51 0; 100 100; 0 100", "too steeply"),
    ],
)
def test_corners_that_no_camera_sees_are_refused(corners: str, why: str) -> None:
    with pytest.raises(SpecError, match=why):
        Stack.parse([f"four-corners:corners={corners}"])


@pytest.mark.parametrize("channels", [3, 4])
def test_fringes_move_red_and_blue_and_nothing_else(channels: int) -> None:
    pixels = made("noise", (60, 83, channels), "float32", seed=6)
    result = apply(pixels, ["chromatic-aberration:red=3,blue=-2"], workers=2, light="encoded")
    np.testing.assert_array_equal(result[..., 1::2], pixels[..., 1::2])
    back = apply(pixels, ["chromatic-aberration:red=0,blue=-2"], workers=1, light="encoded")
    np.testing.assert_allclose(back[..., 0], pixels[..., 0], atol=1e-6)
    np.testing.assert_array_equal(back[..., 2], result[..., 2])
    assert np.abs(result[..., ::2] - pixels[..., ::2]).max() > 0.1


def test_grey_pictures_have_no_fringes() -> None:
    pixels = made("noise", (20, 30, 2), "uint8", seed=6)
    np.testing.assert_array_equal(apply(pixels, ["chromatic-aberration:red=5"], workers=1), pixels)
