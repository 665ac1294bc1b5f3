"""Stacks: to text and plain values and back, changed step by step, scaled for reduced pictures."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError
from engine.filters import catalogue, find
from engine.stack import Stack, Step
from tests.engine.pictures import stacks, steps_of

ANY_STEP = st.sampled_from(list(catalogue().values())).flatmap(steps_of)


@given(step=ANY_STEP)
def test_a_step_and_its_text_are_the_same(step: Step) -> None:
    assert Step.parse(step.specification()) == step
    assert Stack.parse([step.specification()]) == Stack((step,))
    assert hash(Step.parse(step.specification())) == hash(step)


@given(stack=stacks())
def test_a_stack_and_its_plain_values_are_the_same(stack: Stack) -> None:
    assert Stack.from_list(json.loads(json.dumps(stack.to_list()))) == stack
    shown = Stack.parse(stack.specifications())
    assert shown == Stack(tuple(step for step in stack.steps if step.on))


@pytest.mark.parametrize("name", catalogue())
def test_every_filter_has_an_example_and_defaults(name: str) -> None:
    declared = find(name)
    assert Step.parse(declared.example).filter == name == Step.of(name).filter
    assert [key for key, _ in Step.of(name).values] == [each.name for each in declared.parameters]
    assert not declared.is_neutral(dict(Step.parse(declared.example).values))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gausian-blur", ["'gausian-blur'", "'gaussian-blur'"]),
        ("x", ["no filter 'x'", "nearest"]),
        ("exposure:stops=1", ["exposure", "'stops'", "ev"]),
        ("invert:amount=1", ["invert", "'amount'", "none"]),
        ("exposure:ev=40", ["exposure", "ev must be between -20 and 20 stops, not 40"]),
        ("exposure:ev=bright", ["exposure", "ev must be a number, not 'bright'"]),
        ("gamma:gamma=0", ["gamma must be between 0.05 and 20, not 0"]),
        ("median:radius=1.5", ["median", "radius", "whole"]),
        ("levels:black=0.6,white=0.5", ["levels", "white (0.5)", "black (0.6)"]),
    ],
)
def test_what_is_wrong_is_named(text: str, words: list[str]) -> None:
    with pytest.raises(SpecError) as refusal:
        Stack.parse(["invert", text])
    assert [word for word in words if word not in str(refusal.value)] == []
    assert str(refusal.value).endswith((".", ")."))


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"filter": "exposer"},
        {"filter": 5},
        {"filter": ["invert"]},
        {"filter": "exposure", "values": {"ev": "x"}},
        {"filter": "exposure", "values": {"ev": None}},
        {"filter": "exposure", "values": {"ev": 10**400}},
        {"filter": "exposure", "values": {"ev": 1e99}},
        {"filter": "exposure", "values": {"stops": 1}},
        {"filter": "exposure", "values": [1]},
        "exposure",
        None,
    ],
)
def test_plain_values_that_are_no_step_are_refused(entry: object) -> None:
    with pytest.raises(SpecError):
        Stack.from_list([entry])  # type: ignore[list-item]


def test_a_stack_is_changed_by_making_another() -> None:
    a, b, c = (Step.of(name) for name in ("invert", "sepia", "sobel"))
    stack = Stack().add(a).add(c).add(b, at=1)
    assert stack.steps == (a, b, c)
    assert stack.move(0, 1).steps == (b, a, c)
    assert stack.move(2, -9).steps == (c, a, b)
    assert stack.move(0, 9).steps == (b, c, a)
    assert stack.remove(1).steps == (a, c)
    assert stack.put(2, a).steps == (a, b, a)
    assert [step.on for step in stack.toggle(1).steps] == [True, False, True]
    assert stack.toggle(1).toggle(1) == stack
    assert stack.toggle(1) != stack


def test_a_value_is_changed_by_making_another_step() -> None:
    step = Stack((Step.of("levels"),)).toggle(0).steps[0]
    assert dict(step.with_value("mid", 2.0).values) == {"black": 0.0, "white": 1.0, "mid": 2.0}
    assert not step.with_value("mid", 2.0).on
    with pytest.raises(SpecError, match="levels"):
        step.with_value("black", 1.0)


def test_lengths_shrink_with_the_picture() -> None:
    stack = Stack.parse(["gaussian-blur:sigma=8", "median:radius=6", "unsharp-mask:radius=1,amount=2", "exposure:ev=2"])
    smaller, notes = stack.scaled(0.25)
    assert smaller.specifications() == [
        "gaussian-blur",
        "median:radius=2",
        "unsharp-mask:radius=0.25,amount=2",
        "exposure:ev=2",
    ]
    assert notes == ("unsharp-mask: radius 1 px is under half a pixel here",)


def test_what_is_switched_off_or_not_reduced_needs_no_note() -> None:
    fine = Stack.parse(["gaussian-blur:sigma=0.3"])
    assert fine.scaled(1.0) == (fine, ())
    assert fine.toggle(0).scaled(0.1)[1] == ()


@given(stack=stacks(), factor=st.floats(1e-4, 1.0))
def test_a_scaled_stack_is_allowed(stack: Stack, factor: float) -> None:
    scaled, _ = stack.scaled(factor)
    assert Stack.from_list(scaled.to_list()) == scaled
