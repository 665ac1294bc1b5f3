"""How much of a Gaussian's tail may be left out so that the result stays within its bound. Plain numbers, no pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.light import encode
from engine.operation import Affine, Curve, Cut, Neighbours, Operation, Resampled, Turned

SHARE = {"uint8": 9e-4, "uint16": 3.5e-6, "float32": 2e-5}
"""A quarter of a level, and a fifth of float32's bound: the rest is for rounding."""
SMALL, SMALLEST = 1e-6, 1e-13
SAMPLES = 1025
OVERSHOOT = 0.75
"""Of a span, beyond its ends: Lanczos-3 has weights whose magnitudes add up to 1.57 at most along each axis."""


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
    if isinstance(operation, Cut | Turned):
        return span
    beyond = span.width * (OVERSHOOT if isinstance(operation, Resampled) else gain(operation))
    return Span(span.low - beyond, span.high + beyond)


def gain(operation: Neighbours) -> float:
    """How many times an error of the window's average it makes an error of its result."""
    combine = operation.window.combine
    return 1.0 if combine is None else combine.gain(operation.values)


def tail(dtype: str, span: Span, operation: Neighbours, following: list[Operation]) -> float:
    """The part of all weight that this window may leave out: of each unit of span it makes that much of an error."""
    share = SHARE[dtype]
    changing = [each for each in following if not isinstance(each, Cut | Turned)]
    if changing:
        steepest = _slope_at_black(changing[0]) if len(changing) == 1 else None
        share = SMALL if steepest is None else share / steepest
    width = 1.0 if dtype == "float32" else span.width
    return max(SMALLEST, share / max(1.0, width) / max(1.0, gain(operation)))


def _slope_at_black(operation: Operation) -> float | None:
    """Of the conversion from light to code values, which is steepest there; None if it is another or has no end."""
    if not isinstance(operation, Curve) or operation.function is not encode:
        return None
    slope = operation.constants[3]
    return slope if slope > 0.0 else None
