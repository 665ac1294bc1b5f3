"""Parts of pictures, turned pictures and pictures of another size, alone and among others, against the oracles."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import apply
from engine.filters import find
from engine.kernels import Kernel
from engine.plan import Form, LightMode, Plan
from engine.planner import make_plan, size_after
from engine.run.compiler import compiler
from engine.run.rendering import Rendering
from engine.run.together import render
from engine.stack import Stack, Step
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made, pictures, steps_of

LIGHTS: tuple[LightMode, ...] = ("linear", "encoded")
KERNELS = ("lanczos", "bicubic", "bilinear", "area")
AMONG = (
    *("gaussian-blur", "box-blur", "median", "erode", "unsharp-mask", "bilateral", "sobel"),
    *("exposure", "saturation", "greyscale", "contrast", "vignette", "vibrance", "sepia", "light-leak", "grain"),
)
"""Windows of all sorts, tables, matrices and functions of pixels, in both lights."""
SIDES = st.one_of(st.integers(1, 9), st.sampled_from([15, 16, 17, 31, 64, 130, 257]))


@st.composite
def moves(draw: st.DrawFn) -> Step:
    """A crop, a turn or another size."""
    name = draw(st.sampled_from(["crop", "crop", "flip", "rotate-90", "resize", "resize"]))
    if name != "resize":
        return draw(steps_of(find(name), wide=False))
    sizes = {"width": float(draw(SIDES)), "height": float(draw(SIDES)), "fit": 1.0}
    return Step.of("resize", sizes | {"kernel": float(draw(st.integers(0, 3)))})


@st.composite
def mixed(draw: st.DrawFn) -> Stack:
    """Geometry among other filters."""
    others = st.sampled_from(AMONG).flatmap(lambda name: steps_of(find(name), wide=False))
    return Stack(tuple(draw(st.lists(st.one_of(moves(), moves(), others), min_size=1, max_size=4))))


def planned(
    *specifications: str,
    size: tuple[int, int] = (4000, 6000),
    channels: int = 3,
    depth: str = "uint8",
    light: LightMode = "encoded",
) -> Plan:
    return make_plan(Stack.parse(specifications), (*size, channels), depth, light=light)


def modules(plan: Plan) -> list[list[str]]:
    return [[stage.kernel.module for stage in each.stages] for each in plan.passes]


@given(stack=mixed(), pixels=pictures(SIDES), light=st.sampled_from(LIGHTS))
@settings(max_examples=400)
def test_geometry_among_other_filters_does_what_the_oracles_do(
    stack: Stack, pixels: NDArray[Any], light: LightMode
) -> None:
    result = apply(pixels, stack, workers=1, light=light)
    assert result.shape[:2] == size_after(stack, (pixels.shape[0], pixels.shape[1]))
    assert_true(result, pixels, stack, light, steep=True)


def test_one_colour_everywhere_stays_it_behind_any_alpha() -> None:
    pixels = made("noise", (7, 9, 4), "uint8", seed=8)
    result = apply(pixels, ["contrast:amount=-1,pivot=1", "resize:width=5", "gaussian-blur:sigma=1"], workers=1)
    assert (result[..., :3] == 255).all()


@pytest.mark.parametrize("spec", ["resize:width=200", "resize:width=23", "rotate:angle=10", "perspective:vertical=5"])
def test_alpha_stays_a_share_where_weights_are_negative(spec: str) -> None:
    pixels = made("ends", (40, 61, 4), "float32", seed=8)
    alpha = apply(pixels, [spec], workers=1)[..., -1]
    assert ((alpha >= 0.0) & (alpha <= 1.0)).all()


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize(
    ("before", "after"), [((61, 700), (60, 35)), ((300, 40), (1, 1)), ((40, 30), (121, 91)), ((90, 64), (30, 128))]
)
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_every_kernel_at_any_ratio(
    kernel: str, before: tuple[int, int], after: tuple[int, int], depth: str, channels: int
) -> None:
    pixels = made("beyond", (*before, channels), depth, seed=5)
    stack = Stack.parse([f"resize:height={after[0]},width={after[1]},fit=stretch,kernel={kernel}"])
    for light in LIGHTS:
        result = apply(pixels, stack, workers=1, light=light)
        assert result.shape == (*after, channels)
        assert_true(result, pixels, stack, light)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [(2, 2), (4, 6), (64, 62), (100, 130), (258, 600)])
@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_half_by_area_is_exact(channels: int, size: tuple[int, int], kind: type) -> None:
    pixels = np.random.default_rng(4).integers(0, np.iinfo(kind).max, (*size, channels), kind, endpoint=True)
    stack = ["resize:scale=50,kernel=area"]
    plan = make_plan(Stack.parse(stack), pixels.shape, pixels.dtype.name, light="encoded")
    assert modules(plan) == [["area_half"]]
    four = pixels.reshape(size[0] // 2, 2, size[1] // 2, 2, channels).astype(np.int64).sum(axis=(1, 3))
    np.testing.assert_array_equal(apply(pixels, stack, light="encoded"), (four + 2) // 4)


@pytest.mark.parametrize("width", [20, 63, 64, 65, 131])
def test_values_are_looked_up_the_same_one_at_a_time(width: int) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (40, width, 3), np.uint8)
    plan = make_plan(Stack.parse(["resize:scale=50"]), pixels.shape, "uint8")
    (each,) = plan.passes
    first = each.stages[0]
    assert first.kernel == Kernel("single_table", (np.uint8, ""))
    slow = dataclasses.replace(first, kernel=Kernel("single_table", (np.uint8, "one at a time")))
    slowly = dataclasses.replace(plan, passes=(dataclasses.replace(each, stages=(slow, *each.stages[1:])),))
    found = []
    for way in (plan, slowly):
        found.append(np.empty(plan.shape_out, np.uint8))
        render(Rendering(way, compiler(), pixels, found[-1]), 1)
    np.testing.assert_array_equal(*found)


@pytest.mark.parametrize(
    "stack", [["resize:scale=37"], ["resize:scale=150,kernel=bicubic"], ["rotate-90", "crop:left=9"]]
)
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("light", LIGHTS)
def test_workers_and_tiles_make_no_difference(stack: list[str], depth: str, light: LightMode) -> None:
    pixels = made("noise", (700, 900, 4), depth, seed=6)
    one, many = (apply(pixels, stack, workers=count, light=light) for count in (1, 3))
    np.testing.assert_array_equal(one, many)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("kernel", "radius"), [("lanczos", 3), ("bicubic", 2), ("bilinear", 1), ("area", 1)])
@pytest.mark.parametrize("scale", [30, 250])
def test_what_is_no_number_stays_within_reach_of_its_place(bad: float, kernel: str, radius: int, scale: int) -> None:
    clean = made("noise", (90, 80, 3), "float32", seed=8)
    dirty = clean.copy()
    dirty[31, 40, 1] = bad
    with np.errstate(invalid="ignore"):
        stack = [f"resize:scale={scale},kernel={kernel}"]
        found, expected = (apply(each, stack, workers=1, light="encoded") for each in (dirty, clean))
    rows, columns, channels = np.nonzero(~(found == expected))
    reach = radius * max(1.0, scale / 100.0) + 1.0
    assert set(channels) == {1}
    for places, source in ((rows, 31), (columns, 40)):
        assert np.abs(places + 0.5 - (source + 0.5) * scale / 100.0).max() <= reach


def test_a_crop_is_a_part_of_what_the_last_stage_makes() -> None:
    whole, part = (planned("gaussian-blur:sigma=2", *more, "sobel") for more in ([], ["crop:left=10,top=25"]))
    assert modules(part) == modules(whole)
    blur, edges = part.passes[0].stages[1:3]
    assert (blur.rows.start, blur.rows.size, blur.columns.start, blur.columns.size) == (1000, 3000, 600, 5400)
    assert (edges.rows.start, edges.rows.size) == (0, 3000)
    assert part.shape_out == (3000, 5400, 3)


@pytest.mark.parametrize("first", ["crop:left=10,top=25", "crop:right=10,bottom=25"])
def test_a_crop_that_comes_first_reads_no_more_than_that(first: str) -> None:
    for stack in ([first], [first, "exposure:ev=1"], [first, "median"], [first, "resize:scale=30"]):
        (each,) = planned(*stack).passes
        assert each.stages[0].columns.size == 5400
        assert each.stages[0].columns.start == (600 if "left" in first else 0)


def test_parts_of_parts_are_parts() -> None:
    pixels = made("noise", (90, 80, 3), "uint8", seed=1)
    stack = ["crop:left=10,top=20", "crop:right=50", "flip", "crop:left=25"]
    assert modules(planned(*stack)) == [["flip"]] or len(planned(*stack).passes) == 1
    np.testing.assert_array_equal(apply(pixels, stack), pixels[18:, 8:44][:, ::-1][:, 9:])


def test_turns_are_one_turn_or_none() -> None:
    assert modules(planned("rotate-90", "flip", "rotate-90:turns=3")) == [["flip"]]
    assert modules(planned("rotate-90", "invert", "exposure:ev=1")) == [["turn", "lookup_bytes"]]
    for nothing in (["flip", "flip"], ["rotate-90"] * 4, ["rotate-90", "flip", "rotate-90", "flip"]):
        assert planned(*nothing).passes == ()


def test_a_turn_at_the_end_moves_codes_and_not_planes() -> None:
    first, last = planned("gaussian-blur", "rotate-90", "crop:left=5", depth="uint16").passes
    assert first.stages[-1].target == Form(1, 6)
    assert last.stages[0].source.pixel == last.stages[0].target.pixel == 6


def test_another_size_that_is_the_same_changes_nothing() -> None:
    for same in (
        "resize:width=6000",
        "resize:height=4000",
        "resize:scale=100.001",
        "crop:left=0.001",
        "rotate-90:turns=0",
    ):
        plan = planned(same)
        assert plan.passes == ()
        assert plan.dropped == (same.partition(":")[0],)


@pytest.mark.parametrize(
    ("specification", "size"),
    [
        ("width=2000", (1333, 2000)),
        ("height=2000", (2000, 3000)),
        ("width=2000,height=2000", (1333, 2000)),
        ("width=3000,height=1000", (1000, 1500)),
        ("width=3000,height=1000,fit=stretch", (1000, 3000)),
        ("width=9000,fit=stretch", (6000, 9000)),
        ("width=9000,fit=shrink", (4000, 6000)),
        ("width=3000,height=3000,fit=shrink", (2000, 3000)),
        ("scale=50", (2000, 3000)),
        ("scale=0.1", (4, 6)),
        ("width=1", (1, 1)),
    ],
)
def test_the_size_is_the_one_asked_for(specification: str, size: tuple[int, int]) -> None:
    assert planned(f"resize:{specification}").shape_out == (*size, 3)


@pytest.mark.parametrize(
    ("specification", "size"),
    [
        ("aspect=square", (4000, 4000)),
        ("aspect=16x9", (3375, 6000)),
        ("left=50,aspect=16x9", (4000, 2250)),
        ("left=99", (4000, 60)),
        ("left=33.3,right=33.3,top=10,bottom=20", (2800, 2004)),
    ],
)
def test_a_crop_keeps_what_it_says(specification: str, size: tuple[int, int]) -> None:
    assert planned(f"crop:{specification}").shape_out == (*size, 3)


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("width", [100, 400, 750, 3000, 12000])
def test_buffers_stay_small_at_any_ratio(light: LightMode, depth: str, channels: int, width: int) -> None:
    (each,) = planned(f"resize:width={width}", channels=channels, depth=depth, light=light).passes
    assert each.arena() + each.scratch() < (10 if channels == 4 else 4) << 20


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (3, 5)])
@pytest.mark.parametrize(
    "stack", [["resize:width=3"], ["resize:scale=500"], ["rotate-90"], ["crop:left=99,aspect=square"]]
)
def test_tiny_pictures_have_a_size_too(size: tuple[int, int], stack: list[str]) -> None:
    pixels = made("noise", (*size, 3), "uint8", seed=3)
    assert_true(apply(pixels, stack), pixels, Stack.parse(stack), "linear")


def test_a_smaller_picture_gets_a_smaller_result() -> None:
    stack = Stack.parse(["resize:width=2000,kernel=area", "resize:scale=50", "crop:left=10"])
    smaller, notes = stack.scaled(0.25)
    assert smaller.specifications() == ["resize:width=500,kernel=area", "resize:scale=50", "crop:left=10"]
    assert notes == ()
    assert dict(stack.scaled(0.0001)[0].steps[0].values)["width"] == 1.0


def test_words_are_kept_as_words() -> None:
    stack = Stack.parse(["resize:width=800,kernel=bil", "flip:direction=v"])
    entries = stack.to_list()
    assert entries[0]["values"]["kernel"] == "bilinear"
    assert Stack.from_list(entries) == stack
    assert stack.specifications() == ["resize:width=800,kernel=bilinear", "flip:direction=vertical"]


@pytest.mark.parametrize("move", ["rotate-90", "flip", "crop:left=5", "resize:width=40", "rotate:angle=180", "canvas"])
@pytest.mark.parametrize("before", ["light-leak:angle=30", "grain:amount=0.3", "light-leak:angle=30,opacity=0.5"])
def test_what_knows_a_place_is_done_before_pixels_move(before: str, move: str) -> None:
    for depth in DEPTHS:
        pixels = made("noise", (30, 41, 3), depth, seed=6)
        for stack in (Stack.parse([before, move]), Stack.parse(["contrast:amount=0.4", before, move, "sepia"])):
            assert_true(apply(pixels, stack, workers=1), pixels, stack, "linear")
