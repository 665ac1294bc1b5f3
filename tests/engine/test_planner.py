"""What the planner makes of stacks: the same picture as the filters one after another, in as few passes as can be."""

import itertools
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import apply
from engine.filter import Matrix, Table
from engine.filters import catalogue
from engine.light import ToneCurve
from engine.plan import CHUNK, Form, LightMode, Plan
from engine.planner import make_plan, size_after
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made, pictures, stacks, steps_of

MIXED = (
    *("exposure:ev=0.3", "saturation:amount=0.3", "contrast:amount=0.2", "white-balance:temperature=5200"),
    *("gamma:gamma=1.2", "sepia:amount=0.3", "brightness:amount=0.05", "saturation:amount=0.2"),
    *("levels:black=0.05,mid=1.1", "invert"),
)
LIGHTS: tuple[LightMode, ...] = ("linear", "encoded")


def planned(*specifications: str, channels: int = 3, depth: str = "uint8", light: LightMode = "linear") -> Plan:
    return make_plan(Stack.parse(specifications), (600, 800, channels), depth, light=light)


def modules(plan: Plan) -> list[list[str]]:
    """Kernel modules, pass by pass."""
    return [[stage.kernel.module for stage in each.stages] for each in plan.passes]


@given(stack=stacks(), pixels=pictures(), light=st.sampled_from(LIGHTS))
@settings(max_examples=300)
def test_a_folded_stack_does_what_its_filters_do_one_after_another(
    stack: Stack, pixels: NDArray[Any], light: LightMode
) -> None:
    assert_true(apply(pixels, stack, workers=1, light=light), pixels, stack, light, steep=True)


@given(stack=stacks(), shape=st.tuples(*[st.integers(1, 9000)] * 2, st.integers(1, 4)), depth=st.sampled_from(DEPTHS))
def test_planning_is_pure_and_every_plan_can_run(stack: Stack, shape: tuple[int, int, int], depth: str) -> None:
    plan, again = (make_plan(stack, shape, depth) for _ in range(2))
    assert plan.explain() == again.explain()
    assert (plan.height, plan.width, plan.channels_in) == shape
    assert (plan.height_out, plan.width_out) == size_after(stack, shape[:2])
    assert plan.channels_out in (shape[2], shape[2] + 2)
    for each in plan.passes:
        assert 1 <= each.tile_columns <= each.size[1]
        assert each.tile_rows >= 1
        assert each.stages[0].reach == 0, "borders are replicated in buffers, and memory is none"
        for index, (stage, following) in enumerate(itertools.pairwise(each.stages)):
            assert stage.target == following.source
            assert not following.free
            rows, stride = each.buffer(index)
            columns = following.columns.spanned(
                each.spans[index + 1][1] if index + 1 < len(each.spans) else each.tile_columns
            )
            rows_read, columns_read = 2 * following.reach + 1, 2 * following.beside + columns
            if following.inside:
                rows_read, columns_read = min(rows_read, stage.rows.size), min(columns_read, stage.columns.size)
            assert rows >= rows_read + CHUNK
            assert stride >= columns_read * stage.target.pixel
    sizes = {"uint8": 1, "uint16": 2, "float32": 4}
    # A pass that only counts leaves the picture to the next one.
    ends = [(each.stages[0].source, each.stages[-1].target) for each in plan.passes if not each.counters]
    assert all(made == read for (_, made), (read, _) in itertools.pairwise(ends))
    if ends:
        assert ends[0][0] == Form(1, shape[2] * sizes[depth])
        assert ends[-1][1] == Form(1, plan.channels_out * sizes[depth])
        assert plan.passes[-1].size == plan.shape_out[:2]


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("depth", ["uint8", "uint16"])
def test_ten_tables_become_one_look_up_or_spline(depth: str, light: LightMode) -> None:
    tables = ["exposure:ev=0.5", "gamma:gamma=1.2", "contrast:amount=0.1", "levels:black=0.1", "invert"] * 2
    plan = planned(*tables, depth=depth, light=light)
    assert modules(plan) == [["lookup_bytes" if depth == "uint8" else "points"]]
    assert depth == "uint8" or plan.explain()[-1].count("curve") == 1
    assert modules(planned("gamma:gamma=9", depth="uint16")) == [["lookup"]]


def test_tables_and_matrices_around_a_window_are_part_of_its_ends() -> None:
    plan = planned("exposure:ev=1", "sepia", "gamma:gamma=1.2", "gaussian-blur", "gamma:gamma=0.9", light="encoded")
    assert modules(plan) == [["points", "fixed_separable", "translate"]]


def test_leading_tables_are_part_of_loading() -> None:
    plan = planned("exposure:ev=1", "gamma:gamma=1.2", "gaussian-blur", "gamma:gamma=0.9", light="encoded")
    assert modules(plan) == [["widen_table", "fixed_separable", "translate"]]


def test_ten_tables_and_matrices_are_one_sweep() -> None:
    lines = planned(*MIXED, light="encoded").explain()
    first = "matrix (exposure, saturation, contrast, white-balance), curve (gamma)"
    second = "matrix (sepia, brightness, saturation), curve (levels, invert)"
    assert [line.strip() for line in lines[2:]] == [f"points            8-bit codes to 8-bit codes: {first}, {second}"]
    assert modules(planned(*MIXED, light="linear")) == [["points"]]


@pytest.mark.parametrize("light", LIGHTS)
def test_neighbouring_matrices_become_one(light: LightMode) -> None:
    plan = planned("greyscale", "saturation:amount=0.5", "saturation:amount=-0.2", light=light)
    assert plan.explain()[-1].split(":", 1)[1].count("matrix") == 1


@pytest.mark.parametrize("line", ["exposure:ev=0.5", "contrast:amount=0.3", "brightness:amount=0.1", "invert"])
def test_lines_join_matrices_before_and_behind_them(line: str) -> None:
    for stack in ([line, "sepia"], ["sepia", line], [line, "sepia", line]):
        (stage,) = planned(*stack, light="encoded").passes[0].stages
        assert ("matrix" in stage.label, "curve" in stage.label) == (True, False)


def test_one_matrix_is_their_product() -> None:
    (together,) = planned("saturation:amount=0.5", "sepia", light="encoded").passes[0].stages
    apart = [planned(one, light="encoded").passes[0].stages[0] for one in ("saturation:amount=0.5", "sepia")]
    first, second = (stage.parameters.reshape(3, 4)[:, :3].astype(np.float64) for stage in apart)
    np.testing.assert_allclose(together.parameters.reshape(3, 4)[:, :3], second @ first, atol=1e-6)


def test_what_undoes_itself_is_nothing() -> None:
    assert planned("exposure:ev=1", "exposure:ev=-1").passes == ()
    assert planned("invert", "invert", light="encoded").passes == ()
    plan = planned("invert", "exposure:ev=1", "exposure:ev=-1", "invert", "sepia", light="linear")
    assert plan.explain()[-1].endswith(": matrix (sepia)")


def test_a_toe_without_slope_is_not_undone() -> None:
    """Light 0 for all codes below 0.1: encoding does not give them back."""
    flat = ToneCurve(g=2.0, d=0.1)
    pixels = np.full((1, 1), 0.05, np.float32)
    found = apply(pixels, ["exposure:ev=1", "exposure:ev=-1"], workers=1, tone=flat)
    assert found[0, 0] == 0.0


def test_a_curve_too_steep_for_a_spline_is_computed() -> None:
    assert modules(planned("sepia", "gamma:gamma=9", light="encoded")) == [["points", "curve", "points"]]
    assert modules(planned("gamma:gamma=9", "sepia", light="encoded")) == [["load_table", "points"]]


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("before", [["resize:width=30"], ["sepia"], ["flip", "sepia", "rotate-90"], ["invert"]])
def test_every_window_works_on_whatever_went_before(before: list[str], depth: str) -> None:
    pixels = made("noise", (40, 50, 3), depth, seed=4)
    windows = ["gaussian-blur", "box-blur", "median", "erode", "sobel", "unsharp-mask", "bilateral:radius=2"]
    for window in windows:
        for behind in ([], ["exposure:ev=0.2"], ["sepia", "crop:left=3"]):
            stack = Stack.parse([*before, window, *behind])
            assert_true(apply(pixels, stack, workers=1, light="encoded"), pixels, stack, "encoded", steep=True)


@given(pixels=pictures(), light=st.sampled_from(LIGHTS), data=st.data())
@settings(max_examples=300)
def test_ten_filters_of_single_pixels_do_what_they_do_one_after_another(
    pixels: NDArray[Any], light: LightMode, data: st.DataObject
) -> None:
    alone = [each for each in catalogue().values() if isinstance(each.kind, Table | Matrix)]
    declared = data.draw(st.lists(st.sampled_from(alone), min_size=1, max_size=10))
    stack = Stack(tuple(data.draw(steps_of(each, wide=False)) for each in declared))
    assert_true(apply(pixels, stack, workers=1, light=light), pixels, stack, light, steep=True)


def test_light_is_converted_only_where_it_changes() -> None:
    def conversions(*specifications: str, light: LightMode = "linear") -> list[str]:
        plan = planned(*specifications, depth="float32", light=light)
        labels = [stage.label for each in plan.passes for stage in each.stages]
        return [label for label in labels if label.startswith("to ")]

    to_light, to_code = "to linear light", "to code values"
    assert conversions("exposure:ev=1", "gaussian-blur", "greyscale") == [to_light, to_code]
    assert conversions("gamma:gamma=2", "sobel") == []
    assert conversions("exposure:ev=1", "gamma:gamma=2", "gaussian-blur") == [to_light, to_code, to_light, to_code]
    assert conversions("exposure:ev=1", "gaussian-blur", "greyscale", light="encoded") == []


def test_light_is_that_of_the_pictures_own_tone_curve() -> None:
    pixels = np.linspace(0.0, 1.0, 64, dtype=np.float32).reshape(1, 64)
    lighter = apply(pixels, ["exposure:ev=-1"], workers=1, tone=ToneCurve(g=2.0))
    np.testing.assert_allclose(lighter, pixels * 0.5**0.5, atol=1e-6)


def test_a_pass_ends_where_halos_would_be_made_again_and_again() -> None:
    small = planned("gaussian-blur:sigma=1", "median:radius=1", "sobel")
    large = planned("unsharp-mask:radius=10", "sobel", "unsharp-mask:radius=10", depth="uint16")
    assert len(small.passes) == 1
    assert [each.reach for each in large.passes] == [53, 52]
    assert [names[0] for names in modules(large)] == ["single", "take"]
    assert [each.stages[-1].target for each in large.passes] == [Form(3, 4), Form(1, 6)]


@pytest.mark.parametrize("specification", ["unsharp-mask:radius=1", "unsharp-mask:radius=5", "bilateral:radius=10"])
def test_large_windows_get_tiles_in_proportion(specification: str) -> None:
    (each,) = make_plan(Stack.parse([specification]), (6000, 6000, 3), "uint8").passes
    assert each.reach > 0
    assert each.tile_columns >= 4 * each.reach
    assert each.tile_rows <= 256


def test_what_changes_nothing_is_dropped() -> None:
    plan = planned("exposure:ev=0", "gaussian-blur:sigma=0", "median:radius=0", "unsharp-mask:amount=0")
    assert plan.passes == ()
    assert plan.dropped == ("exposure", "gaussian-blur", "median", "unsharp-mask")
    assert planned().passes == planned("saturation:amount=0").passes == ()
    switched_off = Stack.parse(["invert"]).toggle(0)
    assert make_plan(switched_off, (10, 10, 3), "uint8").passes == ()


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("light", LIGHTS)
def test_a_grey_picture_stays_grey_unless_a_filter_colours_it(channels: int, light: LightMode) -> None:
    def left(*specifications: str) -> int:
        return planned(*specifications, channels=channels, light=light).channels_out

    assert left("greyscale", "saturation:amount=1", "gaussian-blur") == channels
    assert left("sepia") == channels + 2
    assert left("invert", "sepia:amount=0.00001", "gaussian-blur") == channels + 2
    assert left("sepia", "greyscale") == left("sepia", "gamma:gamma=2", "greyscale") == channels + 2


@pytest.mark.parametrize("channels", [1, 2])
def test_colour_filters_of_single_pixels_leave_grey_pictures_out(channels: int) -> None:
    assert planned("vibrance:amount=1", channels=channels).passes == ()
    assert modules(planned("sepia", "vibrance:amount=1", channels=channels))[0].count("pixel") == 1
    assert modules(planned("vibrance:amount=1", "vignette"))[0].count("pixel") == 2


def test_a_matrix_close_to_none_is_not_none() -> None:
    assert planned("saturation:amount=0.000005").passes != ()
    assert planned("greyscale", channels=1, light="encoded").passes == ()


def test_explaining_names_every_pass_and_what_was_folded() -> None:
    tones = ("exposure:ev=0.5", "gamma:gamma=1.2", "median:radius=0")
    lines = planned(*tones, "greyscale", "saturation", "gaussian-blur:sigma=3").explain()
    curves = "to linear light, exposure, to code values, gamma, to linear light"
    sizes = r"pass 1   bands of \d+ rows in tiles of \d+ columns, halo 12 px, \d+ kB a worker"
    assert re.fullmatch(sizes + ", 6 bytes of memory traffic a pixel", lines[3])
    assert lines == [
        "800 x 600, 3 channels, 8-bit, light linear",
        "dropped  median: changes nothing",
        "dropped  saturation: changes nothing",
        lines[3],
        f"  points            8-bit codes to float32 pixels: curve ({curves}), matrix (greyscale)",
        "  separable         gaussian-blur, reach 12 px",
        "  points            float32 pixels to 8-bit codes: curve (to code values)",
    ]
    assert planned().explain()[-1] == "nothing to do: the result is a copy"
