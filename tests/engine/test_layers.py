"""Steps laid over the picture before them: every blend mode and mask against the truth; texts; what is refused."""

from typing import Any

import numpy as np
import pytest

from engine import apply
from engine.errors import SpecError
from engine.mix import BLENDS, MASK, SHAPES, Mix, read_mask
from engine.plan import LightMode
from engine.planner import make_plan
from engine.stack import Stack, Step
from tests.engine.oracle import assert_true
from tests.engine.pictures import made

OPAQUE, CLEAR = ("uint8", (40, 90, 3)), ("float32", (30, 33, 4))
STACK = ("exposure:ev=-0.4", "gaussian-blur:sigma=1.5,{}")


@pytest.mark.parametrize("blend", BLENDS)
@pytest.mark.parametrize(("depth", "shape"), [OPAQUE, CLEAR])
def test_a_blend_mode_does_what_the_standard_says(blend: str, depth: str, shape: tuple[int, ...]) -> None:
    stack = Stack.parse(each.format(f"blend={blend},opacity=0.8") for each in STACK)
    pixels = made("noise", shape, depth, seed=4)
    assert_true(apply(pixels, stack, workers=2), pixels, stack, "linear")


@pytest.mark.parametrize("mask", MASK.examples)
@pytest.mark.parametrize("light", ["linear", "encoded"])
def test_a_mask_lets_through_what_it_says(mask: str, light: LightMode) -> None:
    stack = Stack.parse(each.format(f'mask="{mask}"') for each in STACK)
    pixels = made("noise", OPAQUE[1], OPAQUE[0], seed=5)
    assert_true(apply(pixels, stack, workers=2, light=light), pixels, stack, light)


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 7, 1), (3, 300, 2), (64, 65, 4)])
def test_pictures_of_any_shape(shape: tuple[int, ...]) -> None:
    stack = Stack.parse(["sepia:opacity=0.5", "gaussian-blur:opacity=0.5", "crop:left=20", "invert:opacity=0.3"])
    pixels = made("noise", shape, "uint8", seed=6)
    assert_true(apply(pixels, stack, workers=3), pixels, stack, "linear")


def test_two_layers_keep_two_pictures_no_longer_than_needed() -> None:
    stack = Stack.parse(["gaussian-blur:sigma=2", "median:radius=1,opacity=0.5", "gaussian-blur:sigma=30,opacity=0.5"])
    pixels = made("noise", (120, 160, 3), "uint8", seed=8)
    assert_true(apply(pixels, stack, workers=2), pixels, stack, "linear")
    plan = make_plan(stack, (1000, 1000, 3), "uint8")
    between = [each.stages[-1].target for each in plan.passes[:-1]]
    everything = sum(form.planes * form.pixel for form in between) * 1_000_000
    assert 3_000_000 < plan.memory() <= everything + 3_000_000


def test_nothing_laid_over_is_nothing() -> None:
    pixels = made("noise", OPAQUE[1], OPAQUE[0], seed=5)
    np.testing.assert_array_equal(apply(pixels, ["exposure:ev=2,opacity=0"]), pixels)
    for text in ("exposure:ev=2,opacity=0", "exposure:ev=0,opacity=0.5"):
        assert not make_plan(Stack.parse([text]), (10, 10, 3), "uint8").passes


@pytest.mark.parametrize(
    "text", ["gaussian-blur:sigma=2,opacity=0.5", 'sobel:blend=screen,mask="not radial 50 50 0 100"']
)
def test_a_layered_step_is_written_as_it_is_read(text: str) -> None:
    step = Step.parse(text)
    assert not step.mix.plain
    assert Step.parse(step.specification()) == step
    assert Stack.from_list(Stack((step,)).to_list()).steps == (step,)
    changed = step.with_value("opacity", 1.0).with_value("blend", 0.0).with_value("mask", "")
    assert changed.mix == Mix()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crop:left=10,opacity=0.5", "lies over"),
        ("invert:opacity=2", "between 0 and 1"),
        ("invert:blend=burn", "normal, multiply"),
        ("invert:mask=circle", "linear, radial"),
        ('invert:mask="linear 1 2 3"', "linear X Y X Y"),
        ('invert:mask="linear 1 2 1 2"', "another"),
        ('invert:mask="radial 1 2 3 1e9"', "no number of percent"),
        ('invert:mask="colour #zz 1 2"', "colour"),
        ('invert:mask="colour 1 2"', "must be a colour"),
    ],
)
def test_what_is_no_layer_is_refused(text: str, said: str) -> None:
    with pytest.raises(SpecError, match=said):
        Step.parse(text)


@pytest.mark.parametrize("shape", [name for name, shape in SHAPES.items() if shape.count])
def test_every_mask_has_an_example(shape: str) -> None:
    found: list[Any] = [read_mask(text) for text in MASK.examples]
    assert shape in {mask.shape for mask in found}
