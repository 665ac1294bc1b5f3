"""Pictures and steps for Hypothesis to draw: odd shapes, all depths and layouts, parameters from their declarations."""

from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.errors import SpecError
from engine.filter import Filter
from engine.filters import catalogue
from engine.parameters import Choice, Colour, File, Parameter, Slider, Text, Value
from engine.stack import Stack, Step

DEPTHS = ("uint8", "uint16", "float32")
DIGITS = 6
"""Nobody types more behind the point, and a filter that does next to nothing proves nothing."""
CONTENTS = ("noise", "flat", "steps", "ramp", "ends", "beyond")
SIDES = st.one_of(st.integers(1, 4), st.integers(1, 48))
LAYOUTS = st.integers(0, 4)
RARELY = 12
"""One in so many lengths in pixels is drawn from all that are allowed: pictures are small, large windows slow."""


def made(kind: str, shape: tuple[int, ...], depth: str, seed: int) -> NDArray[Any]:
    """A picture; only float32 ones go beyond 0..1."""
    random = np.random.default_rng(seed)
    values = random.random(shape)
    if kind == "flat":
        values = np.broadcast_to(values[:1, :1], shape).copy()
    elif kind == "steps":
        values = np.round(values * 4.0) / 4.0
    elif kind == "ramp":
        along = np.linspace(0.0, 1.0, shape[0])[:, np.newaxis] * np.linspace(1.0, 0.3, shape[1])
        values = np.broadcast_to(along if len(shape) == 2 else along[..., np.newaxis], shape).copy()
    elif kind == "ends":
        values = np.round(values)
    if len(shape) == 3 and shape[2] % 2 == 0:
        values[random.random(shape[:2]) < 0.3, -1] = 0.0
    if depth != "float32":
        return (values * np.iinfo(depth).max + 0.5).astype(depth)
    colours = shape[2] - 1 + shape[2] % 2 if len(shape) == 3 else None
    if kind == "beyond":
        values[..., :colours] = (values[..., :colours] - 0.4) * 10.0
    return values.astype(np.float32)


@st.composite
def pictures(
    draw: st.DrawFn, sides: st.SearchStrategy[int] = SIDES, layouts: st.SearchStrategy[int] = LAYOUTS
) -> NDArray[Any]:
    """H x W for the layout 0, or H x W x 1 to 4, of any depth."""
    channels = draw(layouts)
    shape = (draw(sides), draw(sides), channels)[: 3 if channels else 2]
    kind, depth = draw(st.sampled_from(CONTENTS)), draw(st.sampled_from(DEPTHS))
    return made(kind, shape, depth, draw(st.integers(0, 2**32 - 1)))


@st.composite
def values_of(draw: st.DrawFn, slider: Parameter, *, wide: bool = True) -> Value:
    """A value that the parameter allows; only those of the control range unless `wide`."""
    if isinstance(slider, Choice):
        return float(draw(st.integers(0, len(slider.choices) - 1)))
    if isinstance(slider, Colour):
        return float(draw(st.integers(0, 0xFFFFFF)))
    if isinstance(slider, Text | File):
        return draw(st.sampled_from((slider.default, *slider.examples)))
    low, high = slider.control
    if slider.side:
        return float(draw(st.sampled_from([0, 0, 1, 2, 3, 17, 64, 100]))) if wide else 0.0
    if slider.unit == "px":
        low, high = max(low, slider.low), min(high, 4.0)
    if wide and draw(st.integers(0, RARELY if slider.unit == "px" else 3)) == 0:
        low, high = slider.low, slider.high
    if slider.whole:
        return float(draw(st.integers(int(low), int(high))))
    ends = [low, high, min(max(slider.default, low), high)]
    return draw(st.one_of(st.floats(low, high).map(lambda value: round(value, DIGITS)), st.sampled_from(ends)))


@st.composite
def steps_of(draw: st.DrawFn, declared: Filter, *, wide: bool = True) -> Step:
    """The filter with any values that are allowed together."""
    values = {each.name: draw(values_of(each, wide=wide)) for each in declared.parameters}
    try:
        return Step.of(declared.name, values)
    except SpecError:
        # Sides are mostly those that another parameter rules out.
        sides = {each.name for each in declared.parameters if isinstance(each, Slider) and each.side}
    try:
        return Step.of(declared.name, {name: value for name, value in values.items() if name not in sides})
    except SpecError:
        assume(False)
        raise


@st.composite
def stacks(draw: st.DrawFn, longest: int = 6) -> Stack:
    """Any filters in any order, now and then switched off."""
    declared = draw(st.lists(st.sampled_from(list(catalogue().values())), max_size=longest))
    stack = Stack(tuple(draw(steps_of(each, wide=False)) for each in declared))
    off = draw(st.lists(st.integers(0, 7), max_size=2))
    for index in off:
        stack = stack.toggle(index) if index < len(stack.steps) else stack
    return stack
