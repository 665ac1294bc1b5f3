"""How much of a Gaussian's tail may be left out so that the result stays within its bound. Plain numbers, no pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.filter import Bilateral, Median, Neighbourhood
from engine.light import encode
from engine.operation import Affine, Curve, Neighbours, Operation, Pointwise

SHARE = {"uint8": 9e-4, "uint16": 3.5e-6, "float32": 2e-5}
"""A quarter of a level, and a fifth of float32's bound: the rest is for rounding."""
SMALL, SMALLEST = 1e-6, 1e-13
SAMPLES = 1025


@dataclass(frozen=True, slots=True)
class Span:
    """The values that samples may have at one place of a plan, when the picture's are 0 to 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        return self.high - self.low


def after(operation: Operation, span: Span) -> Span:
    """The values behind an operation."""
    if isinstance(operation, Curve):
        made = operation.function(np.linspace(span.low, span.high, SAMPLES), operation.constants)
        return Span(float(np.min(made)), float(np.max(made)))
    if isinstance(operation, Affine):
        weights, offsets = operation.rows[:3, :3], operation.rows[:3, 3]
        positive, negative = np.maximum(weights, 0.0).sum(axis=1), np.minimum(weights, 0.0).sum(axis=1)
        lowest = positive * span.low + negative * span.high + offsets
        highest = positive * span.high + negative * span.low + offsets
        return Span(float(lowest.min()), float(highest.max()))
    if isinstance(operation, Pointwise):
        farthest = max(abs(span.low), abs(span.high)) * operation.pixel.gain(operation.values)
        return Span(min(span.low, -farthest), max(span.high, farthest))
    if isinstance(operation.window.step, Bilateral | Median):
        return span
    beyond = span.width * gain(operation)
    if isinstance(operation.window.step, Neighbourhood):
        # Differences lie around black or mid grey, wherever the samples are.
        return Span(min(span.low, 0.0) - beyond, max(span.high, 1.0) + beyond)
    return Span(span.low - beyond, span.high + beyond)


def gain(operation: Neighbours) -> float:
    """How many times an error of what the window makes of its neighbours becomes an error of its result."""
    window = operation.window
    if isinstance(window.step, Neighbourhood):
        return window.step.gain(operation.values)
    return 1.0 if window.combine is None else window.combine.gain(operation.values)


def tail(dtype: str, span: Span, operation: Neighbours, following: list[Operation]) -> float:
    """The part of all weight that this window may leave out: of each unit of span it makes that much of an error."""
    share = SHARE[dtype]
    if following:
        steepest = _slope_at_black(following[0]) if len(following) == 1 else None
        share = SMALL if steepest is None else share / steepest
    width = 1.0 if dtype == "float32" else span.width
    return max(SMALLEST, share / max(1.0, width) / max(1.0, gain(operation)))


def _slope_at_black(operation: Operation) -> float | None:
    """Of the conversion from light to code values, which is steepest there; None if it is another or has no end."""
    if not isinstance(operation, Curve) or operation.function is not encode:
        return None
    slope = operation.constants[3]
    return slope if slope > 0.0 else None
