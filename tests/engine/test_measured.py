"""Filters that measure first: what counts and what does not, where it is measured, and what runs beside it."""

import threading
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply
from engine.kernels import layout
from engine.kinds.measured import CLASSES
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering, StoppedError
from engine.run.together import render
from engine.stack import Stack
from tests.engine.oracle import assert_true
from tests.engine.pictures import DEPTHS, made

MEASURED = ("auto-levels", "auto-contrast", "grey-world", "otsu", "equalise")
CHAIN = ("equalise", "gaussian-blur:sigma=2", "grey-world", "auto-levels:clip=2")


@pytest.mark.parametrize("name", MEASURED)
def test_what_is_transparent_does_not_count(name: str) -> None:
    pixels = made("noise", (60, 80, 4), "uint8", seed=3)
    pixels[..., :3] //= 2
    pixels[..., 3] = 255
    pixels[:20, :, 3] = 0
    seen = apply(pixels, [name])
    pixels[:20, :, :3] = 255
    np.testing.assert_array_equal(apply(pixels, [name])[20:], seen[20:])


@pytest.mark.parametrize("name", MEASURED)
def test_what_is_no_number_does_not_count(name: str) -> None:
    pixels = made("noise", (30, 40, 3), "float32", seed=4)
    clean = apply(pixels[1:].copy(), [name])
    pixels[0] = np.nan
    np.testing.assert_array_equal(apply(pixels, [name])[1:], clean)


@pytest.mark.parametrize("depth", DEPTHS)
def test_every_code_has_a_class_of_its_own(depth: str) -> None:
    top = {"uint8": 255}.get(depth, CLASSES - 1)
    codes = np.arange(top + 1).reshape(1, -1)
    pixels = (codes / top).astype(depth) if depth == "float32" else codes.astype(depth)
    # Each tone is there once, so that equalising changes nothing.
    found = apply(pixels, ["equalise"])
    np.testing.assert_allclose(found, pixels, atol=1e-6 if depth == "float32" else 0)


@pytest.mark.parametrize("name", MEASURED)
@pytest.mark.parametrize("pixel", [0, 77, 255])
def test_a_picture_of_one_tone_stays_or_is_parted_from_nothing(name: str, pixel: int) -> None:
    pixels = np.full((9, 9, 3), pixel, np.uint8)
    np.testing.assert_array_equal(apply(pixels, [name]), np.zeros_like(pixels) if name == "otsu" else pixels)


@pytest.mark.parametrize(("depth", "classes"), [("uint8", 256), ("uint16", CLASSES)])
def test_nothing_is_copied_to_be_measured(depth: str, classes: int) -> None:
    plan = make_plan(Stack.parse(["auto-levels"]), (1000, 2000, 3), depth)
    first, last = plan.passes
    assert (first.counters, last.counters) == (3 * classes, 0)
    assert plan.memory() == 1000 * 2000 * 3 * np.dtype(depth).itemsize + 8 * 3 * classes
    assert first.memory() >= 8 * 3 * classes
    assert "measures 2000 x 1000 and makes nothing" in plan.explain()[1]


def test_a_picture_between_passes_is_kept_while_it_is_measured_and_used() -> None:
    plan = make_plan(
        Stack.parse(["gaussian-blur:sigma=2", "grey-world", "gaussian-blur:sigma=2"]), (900, 900, 3), "uint8"
    )
    kinds = [each.counters > 0 for each in plan.passes]
    assert kinds == [False, True, False]
    single = 900 * 900 * 3 * 4
    assert plan.memory() == 900 * 900 * 3 + single + 8 * 6


@pytest.mark.parametrize("depth", DEPTHS)
def test_one_measures_what_another_has_made(depth: str) -> None:
    pixels = made("noise", (97, 301, 4), depth, seed=8)
    stack = Stack.parse(CHAIN)
    assert_true(apply(pixels, stack, workers=3), pixels, stack, "linear", steep=True)


@pytest.mark.parametrize("name", MEASURED)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("before", [(), ("gamma:gamma=0.4",), ("crop:left=10,top=7", "exposure:ev=1"), ("saturation",)])
def test_codes_are_counted_behind_what_waits(name: str, channels: int, before: tuple[str, ...]) -> None:
    pixels = made("noise", (61, 133, channels), "uint8", seed=8)
    for behind in ((), ("flip",), ("contrast:amount=0.3",)):
        stack = Stack.parse([*before, name, *behind])
        assert_true(apply(pixels, stack, workers=2), pixels, stack, "linear", steep=True)


LAYERED = (
    ("auto-levels:opacity=0.5",),
    ("equalise:blend=luminosity,opacity=0.7", "grey-world:opacity=0.5"),
    ("gaussian-blur:sigma=2,opacity=0.5", "auto-contrast", "sepia:opacity=0.4"),
    ("auto-levels", "sepia:opacity=0.4", "auto-contrast:opacity=0.5", "gaussian-blur:sigma=2,opacity=0.3"),
)


@pytest.mark.parametrize("depth", ["uint8", "float32"])
@pytest.mark.parametrize("stack", LAYERED, ids=" ".join)
def test_a_layer_keeps_the_picture_that_was_measured(stack: tuple[str, ...], depth: str) -> None:
    pixels = made("noise", (97, 130, 3), depth, seed=8)
    parsed = Stack.parse(stack)
    assert_true(apply(pixels, parsed, workers=2), pixels, parsed, "linear", steep=True)


def test_a_part_is_measured_by_itself() -> None:
    pixels = made("ramp", (120, 90, 3), "uint8", seed=1)
    part = np.ascontiguousarray(pixels[60:, 45:])
    cropped = apply(pixels, ["crop:left=50,top=50", "auto-levels:clip=0"])
    np.testing.assert_array_equal(cropped, apply(part, ["auto-levels:clip=0"]))


def rendering_of(pixels: NDArray[Any], stack: Stack) -> tuple[Rendering, NDArray[Any]]:
    plan = make_plan(stack, (*pixels.shape[:2], pixels.shape[2]), pixels.dtype.name)
    target = np.zeros(plan.shape_out, plan.dtype)
    return Rendering(plan, compiler(), pixels, target), target


def test_pauses_while_it_is_measured_change_nothing() -> None:
    pixels, stack = made("noise", (1500, 1500, 3), "uint8", seed=6), Stack.parse(["auto-levels:clip=3"])
    rendering, expected = rendering_of(pixels, stack)
    render(rendering, 1)
    paused, found = rendering_of(pixels, stack)
    desk = Desk(0)
    begun = threading.Event()
    desk.rests = lambda resting: begun.set() if resting else None
    paused.signal(layout.PAUSE)
    threads = [
        threading.Thread(target=paused.lead, args=(desk,)),
        threading.Thread(target=paused.join, args=(Desk(1),)),
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(30.0)
    for _ in range(20):
        paused.signal(layout.GO)
        paused.signal(layout.PAUSE)
    paused.signal(layout.GO)
    for thread in threads:
        thread.join(60.0)
    np.testing.assert_array_equal(found, expected)


def test_it_is_cancelled_while_it_is_measured() -> None:
    rendering, target = rendering_of(made("noise", (300, 300, 3), "uint8", seed=6), Stack.parse(["equalise"]))
    rendering.signal(layout.CANCEL)
    with pytest.raises(StoppedError):
        rendering.lead(Desk(0))
    assert not target.any()
